package io.jkube.scheduler.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.StorageView;
import io.jkube.scheduler.framework.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On which of the nodes a and b a pod with a claim can be. */
final class VolumeBindingTest {
  private final Known storage = new Known();

  @BeforeEach
  void classes() {
    storageClass("local", "jkube.io/local", "");
    storageClass("by-hand", "kubernetes.io/no-provisioner", "");
    storageClass(
        "only-b",
        "x",
        ",'allowedTopologies':[{'matchLabelExpressions':[{'key':'zone','values':['b']}]}]");
  }

  @Test
  void aPodWithoutClaimsGoesAnywhere() {
    assertEquals("", said(pod("'emptyDir':{}")));
  }

  @Test
  void aClaimThatIsNotThereIsNowhere() {
    assertEquals(
        "0/2 nodes are available: persistentvolumeclaim \"data\" not found.", said(podOfClaim()));
    assertEquals(
        "0/2 nodes are available: waiting for ephemeral volume controller to create the"
            + " persistentvolumeclaim \"p-v\".",
        said(pod("'ephemeral':{}")));
  }

  @Test
  void anImmediateClaimHasToBeBoundAlready() {
    claim("", "", "");
    assertEquals(
        "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
        said(podOfClaim()));
  }

  @Test
  void aClaimOnItsWayOutOrLostIsNoClaim() {
    claim("local", "", ",'deletionTimestamp':'now'");
    assertEquals(
        "0/2 nodes are available: persistentvolumeclaim \"data\" is being deleted.",
        said(podOfClaim()));
    claim("local", "gone", "").putObject("status").put("phase", "Lost");
    assertEquals(
        "0/2 nodes are available: persistentvolumeclaim \"data\" bound to non-existent"
            + " persistentvolume \"gone\".",
        said(podOfClaim()));
  }

  @Test
  void aBoundVolumeDecidesWhere() {
    claim("", "v", ",'annotations':{'pv.kubernetes.io/bind-completed':'yes'}");
    assertEquals(
        "0/2 nodes are available: 2 node(s) unavailable due to one or more pvc(s) bound to"
            + " non-existent pv(s).",
        said(podOfClaim()));
    volume("v", "", "b");
    assertEquals("a", refused(podOfClaim()));
    assertEquals(
        "[node(s) didn't match PersistentVolume's node affinity]",
        verdict(podOfClaim(), "a").reasons().toString());
  }

  @Test
  void aWaitingClaimTakesWhatIsThereOrHasItMade() {
    claim("local", "", "");
    assertEquals("", refused(podOfClaim()));
    claim("by-hand", "", "");
    assertEquals(
        "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.",
        said(podOfClaim()));
    volume("v", "by-hand", "b");
    assertEquals("a", refused(podOfClaim()));
    claim("only-b", "", "");
    assertEquals("a", refused(podOfClaim()));
    claim("local", "", ",'annotations':{'volume.kubernetes.io/selected-node':'a'}");
    assertEquals("b", refused(podOfClaim()));
  }

  @Test
  void twoClaimsDoNotGetOneVolume() {
    volume("v", "by-hand", "a");
    claim("by-hand", "", "");
    storage.claims.put(new ObjectKey("n", "other"), claim("by-hand", "", ",'x':1"));
    claim("by-hand", "", "");
    var both =
        pod(
            "'persistentVolumeClaim':{'claimName':'data'}},{'name':'w',"
                + "'persistentVolumeClaim':{'claimName':'other'}");
    assertEquals("a b", refused(both));
  }

  @Test
  void aClaimForOnePodIsHadByOne() {
    claim("local", "", "").withObject("spec").putArray("accessModes").add("ReadWriteOncePod");
    var restrictions = new VolumeRestrictions(storage);
    var free = restrictions.prepare(podOfClaim(), nodes(null)).filter(node("a", null));
    assertEquals(Verdict.FITS, free);
    var taken = restrictions.prepare(podOfClaim(), nodes(podOfClaim()));
    assertEquals(
        "[node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access"
            + " mode]",
        taken.filter(node("b", null)).reasons().toString());
  }

  private String said(PodInfo pod) {
    var diagnosis = new Diagnosis();
    for (var name : List.of("a", "b")) {
      var verdict = verdict(pod, name);
      if (!(verdict instanceof Verdict.Fits)) {
        diagnosis.reject(new Diagnosis.Rejection(node(name, null), "VolumeBinding", verdict));
      }
    }
    return diagnosis.rejections().isEmpty() ? "" : diagnosis.message("");
  }

  private String refused(PodInfo pod) {
    var refused = new ArrayList<String>();
    for (var name : List.of("a", "b")) {
      if (!(verdict(pod, name) instanceof Verdict.Fits)) {
        refused.add(name);
      }
    }
    return String.join(" ", refused);
  }

  private Verdict verdict(PodInfo pod, String node) {
    return new VolumeBinding(null, storage).prepare(pod, nodes(null)).filter(node(node, null));
  }

  private static NodeSnapshot nodes(PodInfo onA) {
    return NodeSnapshot.of(List.of(node("a", onA), node("b", null)), Map.of());
  }

  private static NodeInfo node(String name, PodInfo pod) {
    var node =
        NodeInfo.of(
            json("{'metadata':{'name':'%s','labels':{'zone':'%s'}}}".formatted(name, name)));
    return pod == null ? node : node.plus(pod);
  }

  private static PodInfo podOfClaim() {
    return pod("'persistentVolumeClaim':{'claimName':'data'}");
  }

  private static PodInfo pod(String volume) {
    return PodInfo.of(
        json(
            "{'metadata':{'namespace':'n','name':'p','uid':'u'},'spec':{'volumes':[{'name':'v',"
                + volume
                + "}]}}"));
  }

  private ObjectNode claim(String className, String volume, String metadata) {
    var claim =
        json(
            "{'metadata':{'namespace':'n','name':'data'%s},'spec':{'storageClassName':'%s','volumeName':'%s','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}"
                .formatted(metadata, className, volume));
    storage.claims.put(new ObjectKey("n", "data"), claim);
    return claim;
  }

  private void volume(String name, String className, String zone) {
    storage.volumes.add(
        json(
            "{'metadata':{'name':'%s'},'status':{'phase':'Available'},'spec':{'capacity':{'storage':'1Gi'},'storageClassName':'%s','accessModes':['ReadWriteOnce'],'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'zone','operator':'In','values':['%s']}]}]}}}}"
                .formatted(name, className, zone)));
  }

  private void storageClass(String name, String provisioner, String more) {
    storage.classes.put(
        name,
        json(
            "{'metadata':{'name':'%s'},'provisioner':'%s','volumeBindingMode':'WaitForFirstConsumer'%s}"
                .formatted(name, provisioner, more)));
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static final class Known implements StorageView {
    private final Map<ObjectKey, ObjectNode> claims = new HashMap<>();
    private final List<ObjectNode> volumes = new ArrayList<>();
    private final Map<String, ObjectNode> classes = new HashMap<>();

    @Override
    public Optional<ObjectNode> claim(ObjectKey key) {
      return Optional.ofNullable(claims.get(key));
    }

    @Override
    public Optional<ObjectNode> volume(String name) {
      return volumes.stream().filter(each -> Json.key(each).name().equals(name)).findFirst();
    }

    @Override
    public List<ObjectNode> volumes() {
      return volumes;
    }

    @Override
    public Optional<ObjectNode> storageClass(String name) {
      return Optional.ofNullable(classes.get(name));
    }

    @Override
    public long changes() {
      return 0;
    }

    @Override
    public void awaitChange(long seen, Duration limit) {}
  }
}
