package io.jkube.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodDns;
import io.jkube.kubelet.container.PodFacts;
import io.jkube.kubelet.runtime.ContainerRuntime.Device;
import io.jkube.kubelet.runtime.ContainerRuntime.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes as folders. */
final class PodVolumesTest implements ObjectLookup {
  @TempDir Path folder;
  private final Map<String, ObjectNode> objects = new HashMap<>();

  @Override
  public Optional<ObjectNode> configMap(String namespace, String name) {
    return Optional.ofNullable(objects.get("configmap " + name));
  }

  @Override
  public Optional<ObjectNode> secret(String namespace, String name) {
    return Optional.ofNullable(objects.get("secret " + name));
  }

  @Override
  public Optional<ObjectNode> claim(String namespace, String name) {
    return Optional.ofNullable(objects.get("claim " + name));
  }

  @Override
  public Optional<ObjectNode> volume(String name) {
    return Optional.ofNullable(objects.get("volume " + name));
  }

  @Override
  public Optional<ObjectNode> runtimeClass(String name) {
    return Optional.empty();
  }

  @Override
  public List<ObjectNode> services(String namespace) {
    return List.of();
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static PodFacts facts(String spec) {
    return facts("u", spec);
  }

  private static PodFacts facts(String uid, String spec) {
    var pod =
        json(
            "{'metadata':{'name':'web','namespace':'default','uid':'"
                + uid
                + "','labels':{'app':'x'}},"
                + "'spec':{"
                + spec
                + "}}");
    return new PodFacts(Json.as(pod, Pod.class), "10.244.0.9", "10.0.0.5", 2, 1L << 30);
  }

  private PodVolumes volumes() {
    return volumes(folder);
  }

  private PodVolumes volumes(Path dataFolder) {
    return new FolderVolumes(
        dataFolder, this, request -> Optional.empty(), PodDns.NONE, FolderOwner.NONE);
  }

  private Path only(String volume) {
    return ready(volume).path();
  }

  private PodVolume ready(String volume) {
    return volumes().setUp(facts("'volumes':[{'name':'v'," + volume + "}]")).get("v");
  }

  @Test
  void aConfigMapsKeysAreFilesThatChangeTogether() throws IOException {
    objects.put("configmap c", json("{'data':{'a':'1','b':'2'},'binaryData':{'c':'Mw=='}}"));
    var path = only("'configMap':{'name':'c','defaultMode':256}");
    assertEquals("1", Files.readString(path.resolve("a")));
    assertEquals("3", Files.readString(path.resolve("c")));
    assertTrue(Files.isSymbolicLink(path.resolve("..data")));
    assertEquals(
        "r--------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("a"))));
    var before = Files.readSymbolicLink(path.resolve("..data"));

    only("'configMap':{'name':'c','defaultMode':256}");
    assertEquals(before, Files.readSymbolicLink(path.resolve("..data")), "nothing changed");

    objects.put("configmap c", json("{'data':{'a':'9'}}"));
    only("'configMap':{'name':'c'}");
    assertEquals("9", Files.readString(path.resolve("a")));
    assertFalse(Files.exists(path.resolve("b"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void itemsNameKeysAndPaths() throws IOException {
    objects.put("secret s", json("{'data':{'user':'bWU=','pass':'eA=='}}"));
    var path = only("'secret':{'secretName':'s','items':[{'key':'user','path':'in/name'}]}");
    assertEquals("me", Files.readString(path.resolve("in/name")));
    assertFalse(Files.exists(path.resolve("pass")));
    var missing = "'secret':{'secretName':'s','items':[{'key':'no','path':'x'}]}";
    var failure = assertThrows(VolumeFailure.class, () -> only(missing));
    assertEquals(
        "MountVolume.SetUp failed for volume \"v\" : references non-existent secret key: no",
        failure.getMessage());
    assertThrows(
        VolumeFailure.class,
        () -> only("'secret':{'secretName':'s','items':[{'key':'user','path':'../../x'}]}"));
  }

  @Test
  void whatIsOptionalMayBeMissing() throws IOException {
    var path = only("'configMap':{'name':'none','optional':true}");
    try (var files = Files.list(path)) {
      assertEquals(
          List.of(), files.filter(f -> !f.getFileName().toString().startsWith("..")).toList());
    }
    assertThrows(VolumeFailure.class, () -> only("'configMap':{'name':'none'}"));
  }

  @Test
  void theDownwardApiTellsThePodOfItself() throws IOException {
    var path =
        only(
            "'downwardAPI':{'items':[{'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}},"
                + "{'path':'name','fieldRef':{'fieldPath':'metadata.name'}}]}");
    assertEquals("app=\"x\"", Files.readString(path.resolve("labels")));
    assertEquals("web", Files.readString(path.resolve("name")));
  }

  @Test
  void theInjectedVolumeHoldsWhatTheServerOffers() throws IOException {
    var sources =
        "'projected':{'sources':[{'serviceAccountToken':{'path':'token'}},"
            + "{'configMap':{'name':'kube-root-ca.crt'}},{'downwardAPI':{'items':["
            + "{'path':'namespace','fieldRef':{'fieldPath':'metadata.namespace'}}]}}]}";
    var injected =
        volumes()
            .setUp(facts("'volumes':[{'name':'kube-api-access-abcde'," + sources + "}]"))
            .get("kube-api-access-abcde")
            .path();
    assertEquals("default", Files.readString(injected.resolve("namespace")));
    assertThrows(VolumeFailure.class, () -> only(sources), "one that was asked for is waited for");
  }

  @Test
  void hostPathsAreChecked() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "x");
    assertEquals(file, only("'hostPath':{'path':'" + file + "','type':'File'}"));
    assertThrows(
        VolumeFailure.class, () -> only("'hostPath':{'path':'" + file + "','type':'Directory'}"));
    var made = folder.resolve("made");
    only("'hostPath':{'path':'" + made + "','type':'DirectoryOrCreate'}");
    assertTrue(Files.isDirectory(made));
  }

  @Test
  void otherKindsAreRefused() {
    var failure = assertThrows(VolumeFailure.class, () -> only("'nfs':{'server':'x','path':'/'}"));
    assertTrue(failure.getMessage().endsWith("this kind of volume is not supported yet"));
    assertThrows(VolumeFailure.class, () -> only("'emptyDir':{'medium':'HugePages'}"));
  }

  @Test
  void aSubPathStaysInItsVolume() throws IOException {
    var secret = Files.createDirectory(folder.resolve("secret"));
    var facts =
        facts(
            "'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'a',"
                + "'terminationMessagePath':'/t','volumeMounts':[{'name':'v','mountPath':'/m',"
                + "'subPathExpr':'$(WHERE)'}]}]");
    var paths = volumes().setUp(facts);
    var container = facts.pod().getSpec().getContainers().getFirst();
    var mounts = volumes().mounts(facts.pod(), container, 0, paths, Map.of("WHERE", "sub"));
    assertEquals(
        paths.get("v").path().toRealPath().resolve("sub").toString(), mounts.get(0).hostPath());
    assertEquals("/t", mounts.get(1).containerPath());

    Files.createSymbolicLink(paths.get("v").path().resolve("link"), secret);
    for (var where : List.of("../..", "link")) {
      assertThrows(
          VolumeFailure.class,
          () -> volumes().mounts(facts.pod(), container, 0, paths, Map.of("WHERE", where)));
    }
  }

  @Test
  void theHostsFileIsMountedFirstAndWrittenWhenThePodHasAnAddress() throws IOException {
    var facts =
        facts(
            "'containers':[{'name':'a','terminationMessagePath':'/t'},"
                + "{'name':'b','terminationMessagePath':'/t',"
                + "'volumeMounts':[{'name':'v','mountPath':'/etc/hosts'}]}],"
                + "'volumes':[{'name':'v','emptyDir':{}}]");
    var paths = volumes().setUp(facts);
    var spec = facts.pod().getSpec();
    var mounts = volumes().mounts(facts.pod(), spec.getContainers().getFirst(), 0, paths, Map.of());
    var hosts = mounts.stream().filter(m -> m.containerPath().equals("/etc/hosts")).toList();
    assertEquals(1, hosts.size());
    var file = Path.of(hosts.getFirst().hostPath());
    assertEquals("", Files.readString(file));
    volumes().writeHosts(facts.pod(), "10.244.0.9");
    assertTrue(Files.readString(file).endsWith("10.244.0.9\tweb\n"), Files.readString(file));
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

    var own = volumes().mounts(facts.pod(), spec.getContainers().getLast(), 0, paths, Map.of());
    assertEquals(
        List.of(paths.get("v").path().toRealPath().toString()),
        own.stream()
            .filter(mount -> mount.containerPath().equals("/etc/hosts"))
            .map(Mount::hostPath)
            .toList());
  }

  @Test
  void aSubPathMakesNothingBehindALink() throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    var volume = Files.createDirectory(folder.resolve("volume"));
    Files.createSymbolicLink(volume.resolve("link"), outside);
    assertThrows(VolumeFailure.class, () -> SubPath.of(volume, "link/made"));
    assertFalse(Files.exists(outside.resolve("made")));
    Files.setAttribute(volume, "unix:mode", 02770);
    var made = SubPath.of(volume, "some/where");
    assertEquals(02770, (int) Files.getAttribute(made, "unix:mode") & 07777);
  }

  @Test
  void whatTheKubeletWritesIsReadOnly() throws IOException {
    objects.put("configmap c", json("{'data':{'a':'1'}}"));
    assertTrue(ready("'configMap':{'name':'c'}").readOnly());
    assertFalse(ready("'emptyDir':{}").readOnly());
  }

  @Test
  void aClaimIsItsVolumesFolder() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    bound("'volumeName':'pv'", "'local':{'path':'" + data + "'}");
    var source = "'persistentVolumeClaim':{'claimName':'c'";
    assertEquals(PodVolume.Owner.CLAIM, ready(source + "}").owner());
    assertEquals(data, only(source + "}"));
    assertFalse(ready(source + "}").readOnly());
    assertTrue(ready(source + ",'readOnly':true}").readOnly());
    Files.delete(data);
    assertTrue(refusal(source + "}").endsWith("path \"" + data + "\" does not exist"));
    bound("'volumeName':'pv'", "'hostPath':{'path':'" + data + "','type':'DirectoryOrCreate'}");
    assertEquals(data, only(source + "}"));
    assertTrue(Files.isDirectory(data));
  }

  @Test
  void aClaimThatIsNotReadyKeepsThePodWaiting() {
    var source = "'persistentVolumeClaim':{'claimName':'c'}";
    assertTrue(refusal(source).endsWith("persistentvolumeclaims \"c\" not found"));
    bound("'x':1", "'local':{'path':'/x'}");
    assertTrue(refusal(source).endsWith("error processing PVC default/c: PVC is not bound"));
    bound("'volumeName':'pv'", "'nfs':{'server':'s','path':'/'}");
    assertTrue(refusal(source).endsWith("need a driver, which jkube does not run yet"));
    bound("'volumeName':'pv'", "'volumeMode':'Block','local':{'path':'/x'}");
    assertTrue(refusal(source).endsWith("path \"/x\" does not exist"));
    objects.get("volume pv").withObject("spec").withObject("claimRef").put("name", "other");
    assertTrue(refusal(source).endsWith("PV pv is bound to another claim"));
  }

  @Test
  void aVolumeOfModeBlockIsADeviceAndNoOtherIs() throws IOException {
    var device = Path.of("/dev/loop0");
    assumeTrue(Files.exists(device));
    bound("'volumeName':'pv'", "'volumeMode':'Block','local':{'path':'" + device + "'}");
    var facts = facts(using("'volumeDevices':[{'name':'v','devicePath':'/dev/data'}]", true));
    var container = facts.pod().getSpec().getContainers().getFirst();
    assertEquals(
        List.of(new Device("/dev/loop0", "/dev/data", true)),
        volumes().devices(container, volumes().setUp(facts)));

    var mounting = facts(using("'volumeMounts':[{'name':'v','mountPath':'/data'}]", false));
    var refused = assertThrows(VolumeFailure.class, () -> volumes().setUp(mounting));
    assertTrue(
        refused
            .getMessage()
            .endsWith("volume v has volumeMode Block, but is specified in volumeMounts"));
    bound("'volumeName':'pv'", "'local':{'path':'" + folder + "'}");
    refused = assertThrows(VolumeFailure.class, () -> volumes().setUp(facts));
    assertTrue(
        refused
            .getMessage()
            .endsWith("volume v has volumeMode Filesystem, but is specified in volumeDevices"));
    bound("'volumeName':'pv'", "'volumeMode':'Block','local':{'path':'" + folder + "'}");
    refused = assertThrows(VolumeFailure.class, () -> volumes().setUp(facts));
    assertTrue(refused.getMessage().endsWith("is not a block device"), refused.getMessage());
  }

  private static String using(String container, boolean readOnly) {
    return "'containers':[{'name':'a',%s}],'volumes':[{'name':'v',".formatted(container)
        + "'persistentVolumeClaim':{'claimName':'c','readOnly':%s}}]".formatted(readOnly);
  }

  @Test
  void whatIsNotServedIsNamed() {
    assertTrue(
        refusal("'projected':{'sources':[{'clusterTrustBundle':{'name':'roots','path':'ca.pem'}}]}")
            .contains("ClusterTrustBundles are not served"));
  }

  @Test
  void aPodsOwnClaimBelongsToIt() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    bound("'volumeName':'pv'", "'local':{'path':'" + data + "'}");
    var claim = objects.remove("claim c");
    objects.put("claim web-v", claim);
    claim.withObject("metadata").put("name", "web-v");
    objects.get("volume pv").withObject("spec").withObject("claimRef").put("name", "web-v");
    assertTrue(refusal("'ephemeral':{}").endsWith("(pod is not owner)"));
    claim.withObject("metadata").putArray("ownerReferences").addObject().put("uid", "u");
    assertEquals(data, only("'ephemeral':{}"));
  }

  private String refusal(String volume) {
    return assertThrows(VolumeFailure.class, () -> only(volume)).getMessage();
  }

  private void bound(String spec, String volume) {
    objects.put(
        "claim c",
        json(
            "{'metadata':{'namespace':'default','name':'c','annotations':{'pv.kubernetes.io/bind-completed':'yes'}},'spec':{"
                + spec
                + "}}"));
    objects.put(
        "volume pv",
        json("{'spec':{'claimRef':{'namespace':'default','name':'c'}," + volume + "}}"));
  }

  @Test
  void anEmptyDirInMemoryLivesAsLongAsThePod() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/dev/shm")));
    var uid = UUID.randomUUID().toString(); // all tests of this machine share its memory
    var facts = facts(uid, "'volumes':[{'name':'v','emptyDir':{'medium':'Memory'}}]");
    var path = volumes().setUp(facts).get("v").path();
    assertEquals("tmpfs", Files.getFileStore(path).type());
    assertEquals(0777, (int) Files.getAttribute(path, "unix:mode") & 0777);
    Files.writeString(path.resolve("file"), "x");
    assertEquals(path, volumes().setUp(facts).get("v").path(), "the next container has it, too");
    assertTrue(Files.exists(path.resolve("file")));
    volumes().remove(uid);
    assertFalse(Files.exists(path.getParent()));

    var kubelets = folder.resolve("kubelets");
    var node = volumes(kubelets.resolve("node"));
    node.setUp(facts);
    assertTrue(Files.exists(path));
    MemoryFolders.deleteAll(kubelets, FolderOwner.NONE);
    assertFalse(Files.exists(path.getParent()), "it goes with the cluster");
  }

  @Test
  void nothingIsLeftOfAPodThatIsGone() throws IOException {
    only("'emptyDir':{}");
    assertEquals(java.util.Set.of("u"), volumes().known());
    volumes().remove("u");
    assertEquals(java.util.Set.of(), volumes().known());
  }
}
