package io.jkube.controller.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.volume.FolderOwner;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Claims and volumes against an API server in this process. */
@Timeout(60)
final class VolumesTest {
  private static final ObjectKey DATA = new ObjectKey("team", "data");
  private static final Predicate<ObjectNode> ANY = object -> true;

  @TempDir Path folder;

  private final TestCluster cluster = new TestCluster();
  private SharedInformers informers;
  private List<ControllerRunner> runners;

  @BeforeEach
  void start() {
    cluster.namespace("default");
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    startControllers();
  }

  private void startControllers() {
    // One that moves: events of several components are told apart by their time.
    var clock = InstantSource.system();
    informers = new SharedInformers(cluster.client);
    runners =
        List.of(
            VolumeBinder.runner(cluster.client, informers, clock),
            LocalProvisioner.runner(
                cluster.client, informers, clock, folder.resolve("volumes"), FolderOwner.NONE),
            InUseProtection.ofClaims(cluster.client, informers, clock),
            InUseProtection.ofVolumes(cluster.client, informers, clock),
            EphemeralClaims.runner(cluster.client, informers, clock));
    informers.start();
    runners.forEach(ControllerRunner::start);
  }

  @AfterEach
  void stop() {
    stopControllers();
    cluster.close();
  }

  private void stopControllers() {
    runners.forEach(ControllerRunner::close);
    informers.close();
  }

  @Test
  void aClaimGetsTheSmallestVolumeThatFitsAndReleasesIt() throws Exception {
    volume("large", "10Gi", "");
    volume("small", "2Gi", "");
    awaitPhase("large", "Available");
    awaitPhase("small", "Available");
    claim("data", "1Gi", "''", "");
    var bound = awaitBound();
    assertEquals("small", bound.at("/spec/volumeName").asText());
    assertEquals("2Gi", bound.at("/status/capacity/storage").asText());
    assertEquals("[\"ReadWriteOnce\"]", bound.at("/status/accessModes").toString());
    var annotations = bound.at("/metadata/annotations");
    assertEquals("yes", annotations.path(VolumeAnnotations.BIND_COMPLETED).asText());
    assertEquals("yes", annotations.path(VolumeAnnotations.BOUND_BY_CONTROLLER).asText());
    var volume = awaitPhase("small", "Bound");
    assertEquals(bound.at("/metadata/uid"), volume.at("/spec/claimRef/uid"));

    delete(Resources.VOLUME_CLAIMS, DATA);
    awaitPhase("small", "Released");
    // What was in it stays: a new claim of the name does not get it.
    claim("data", "1Gi", "''", "");
    assertEquals("large", awaitBound().at("/spec/volumeName").asText());
  }

  @Test
  void aVolumeWithoutClaimIsNobodysAndAClaimWithoutVolumeSaysWhy() throws Exception {
    claim("data", "1Gi", "''", "");
    awaitEvent("FailedBinding", "no persistent volumes available for this claim and no storage");
    claim("other", "1Gi", "'missing'", "");
    awaitEvent("ProvisioningFailed", "storageclass.storage.k8s.io \"missing\" not found");
    volume("late", "1Gi", "");
    awaitBound();
  }

  @Test
  void aNamedVolumeIsTakenOrRefusedWithTheReason() throws Exception {
    volume("tiny", "1Gi", "");
    claim("data", "5Gi", "''", ",'volumeName':'tiny'");
    awaitEvent(
        "VolumeMismatch", "Cannot bind to requested volume \"tiny\": requested PV is too small");
    assertEquals("Available", awaitPhase("tiny", "Available").at("/status/phase").asText());
    claim("fits", "1Gi", "''", ",'volumeName':'tiny'");
    awaitClaim("fits", claim -> phase(claim).equals("Bound"));
  }

  @Test
  void aReservedVolumeWaitsForItsClaim() throws Exception {
    volume("mine", "8Gi", ",'claimRef':{'namespace':'team','name':'data'}");
    awaitPhase("mine", "Available");
    claim("else", "1Gi", "''", "");
    claim("data", "1Gi", "''", "");
    assertEquals("mine", awaitBound().at("/spec/volumeName").asText());
    assertEquals("Pending", phase(awaitClaim("else", ANY)));
  }

  @Test
  void aFolderIsMadeOnceTheFirstPodHasANodeAndGoesWithTheClaim() throws Exception {
    storageClass("Delete");
    claim("data", "1Gi", "'standard'", "");
    awaitEvent("WaitForFirstConsumer", "waiting for first consumer to be created before binding");
    selectNode("data");
    var bound = awaitBound();
    var name = "pvc-" + bound.at("/metadata/uid").asText();
    assertEquals(name, bound.at("/spec/volumeName").asText());
    var volume = awaitPhase(name, "Bound");
    var path = Path.of(volume.at("/spec/local/path").asText());
    assertTrue(Files.isDirectory(path), path.toString());
    assertEquals("1Gi", volume.at("/spec/capacity/storage").asText());
    awaitEvent("ExternalProvisioning", "'jkube.io/local'");
    awaitEvent("ProvisioningSucceeded", "Successfully provisioned volume " + name);

    Files.writeString(Files.createDirectories(path.resolve("deep/er")).resolve("file"), "x");
    delete(Resources.VOLUME_CLAIMS, DATA);
    cluster.awaitGone(Resources.VOLUMES, ObjectKey.cluster(name));
    assertFalse(Files.exists(path));
  }

  @Test
  void aRetainedFolderStaysAndItsVolumeCanBeTakenAway() throws Exception {
    storageClass("Retain");
    claim("data", "1Gi", "'standard'", "");
    selectNode("data");
    var name = awaitBound().at("/spec/volumeName").asText();
    delete(Resources.VOLUME_CLAIMS, DATA);
    var released = awaitPhase(name, "Released");
    delete(Resources.VOLUMES, ObjectKey.cluster(name));
    cluster.awaitGone(Resources.VOLUMES, ObjectKey.cluster(name));
    assertTrue(Files.isDirectory(Path.of(released.at("/spec/local/path").asText())));
  }

  @Test
  void nobodyElsesFolderIsRemoved() throws Exception {
    var other = Files.createDirectories(folder.resolve("precious"));
    volume("fake", "1Gi", "");
    var patch =
        json(
            "{'metadata':{'annotations':{'pv.kubernetes.io/provisioned-by':'jkube.io/local'}},'spec':{'persistentVolumeReclaimPolicy':'Delete'}}");
    cluster.client.patch(Resources.VOLUMES, ObjectKey.cluster("fake"), Patch.merge(patch));
    claim("data", "1Gi", "''", "");
    awaitBound();
    delete(Resources.VOLUME_CLAIMS, DATA);
    awaitEvent("VolumeFailedDelete", "is not a folder of this provisioner");
    assertTrue(Files.isDirectory(other));
  }

  @Test
  void whatAFolderCannotBeIsRefused() throws Exception {
    storageClass("Delete");
    claim("data", "1Gi", "'standard'", ",'volumeMode':'Block'");
    selectNode("data");
    awaitEvent(
        "ProvisioningFailed",
        "failed to provision volume with StorageClass \"standard\": block volumes are not");
  }

  @Test
  void aBoundClaimGrows() throws Exception {
    storageClass("Delete");
    claim("data", "1Gi", "'standard'", "");
    selectNode("data");
    awaitBound();
    var larger = json("{'spec':{'resources':{'requests':{'storage':'3Gi'}}}}");
    cluster.client.patch(Resources.VOLUME_CLAIMS, DATA, Patch.merge(larger));
    var grown =
        awaitClaim("data", claim -> claim.at("/status/capacity/storage").asText().equals("3Gi"));
    var volume = awaitPhase(grown.at("/spec/volumeName").asText(), "Bound");
    assertEquals("3Gi", volume.at("/spec/capacity/storage").asText());
    awaitEvent("VolumeResizeSuccessful", "Resize volume succeeded");
  }

  @Test
  void whatIsUsedStaysUntilItIsNotUsedAnyMore() throws Exception {
    volume("v", "1Gi", "");
    claim("data", "1Gi", "''", "");
    awaitBound();
    pod("user", "{'name':'d','persistentVolumeClaim':{'claimName':'data'}}");
    awaitClaim("data", claim -> Finalizers.has(claim, VolumeAnnotations.CLAIM_FINALIZER));
    cluster.await(
        Resources.VOLUMES,
        ObjectKey.cluster("v"),
        volume -> Finalizers.has(volume, VolumeAnnotations.VOLUME_FINALIZER));
    delete(Resources.VOLUMES, ObjectKey.cluster("v"));
    delete(Resources.VOLUME_CLAIMS, DATA);
    // Another claim that is deleted after it is gone before: the used one was looked at.
    claim("unused", "1Gi", "''", "");
    awaitClaim("unused", claim -> Finalizers.has(claim, VolumeAnnotations.CLAIM_FINALIZER));
    delete(Resources.VOLUME_CLAIMS, new ObjectKey("team", "unused"));
    cluster.awaitGone(Resources.VOLUME_CLAIMS, new ObjectKey("team", "unused"));
    assertEquals("Bound", phase(awaitClaim("data", ANY)));
    cluster.client.delete(Resources.PODS, new ObjectKey("team", "user"), DeleteOptions.grace(0));
    cluster.awaitGone(Resources.VOLUME_CLAIMS, DATA);
    cluster.awaitGone(Resources.VOLUMES, ObjectKey.cluster("v"));
  }

  @Test
  void aClaimWhoseVolumeIsTakenAwayIsLost() throws Exception {
    volume("v", "1Gi", "");
    claim("data", "1Gi", "''", "");
    awaitBound();
    cluster.await(
        Resources.VOLUMES,
        ObjectKey.cluster("v"),
        volume -> Finalizers.has(volume, VolumeAnnotations.VOLUME_FINALIZER));
    delete(Resources.VOLUMES, ObjectKey.cluster("v"));
    cluster.client.patch(
        Resources.VOLUMES,
        ObjectKey.cluster("v"),
        Patch.merge(json("{'metadata':{'finalizers':null}}")));
    awaitClaim("data", claim -> phase(claim).equals("Lost"));
    awaitEvent("ClaimLost", "Bound claim has lost its PersistentVolume");
  }

  @Test
  void aPodsOwnVolumeHasAClaimThatBelongsToIt() throws Exception {
    var template =
        "{'metadata':{'labels':{'a':'b'}},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'storageClassName':'','resources':{'requests':{'storage':'1Gi'}}}}";
    claim("web-taken", "1Gi", "''", "");
    var pod =
        pod(
            "web",
            "{'name':'scratch','ephemeral':{'volumeClaimTemplate':"
                + template
                + "}},"
                + "{'name':'taken','ephemeral':{'volumeClaimTemplate':"
                + template
                + "}}");
    var claim = awaitClaim("web-scratch", ANY);
    assertEquals(pod.at("/metadata/uid").asText(), ControllerRef.uidOf(claim));
    assertEquals("b", claim.at("/metadata/labels/a").asText());
    awaitEvent(
        "EphemeralVolumeFailed",
        "PVC team/web-taken was not created for pod team/web (pod is not owner)");
  }

  @Test
  void aBindingThatWasInterruptedIsCompleted() throws Exception {
    stopControllers();
    volume("v", "1Gi", "");
    var claim = claim("data", "1Gi", "''", "");
    var reserve =
        json(
            "{'spec':{'claimRef':{'kind':'PersistentVolumeClaim','namespace':'team','name':'data'}}}");
    reserve.withObject("spec").withObject("claimRef").set("uid", claim.at("/metadata/uid"));
    cluster.client.patch(Resources.VOLUMES, ObjectKey.cluster("v"), Patch.merge(reserve));
    startControllers();
    assertEquals("v", awaitBound().at("/spec/volumeName").asText());
    awaitPhase("v", "Bound");
  }

  private void storageClass(String policy) {
    cluster.create(
        Resources.STORAGE_CLASSES,
        "{'metadata':{'name':'standard'},'provisioner':'jkube.io/local','reclaimPolicy':'"
            + policy
            + "','volumeBindingMode':'WaitForFirstConsumer','allowVolumeExpansion':true}");
  }

  private void volume(String name, String size, String more) {
    cluster.create(
        Resources.VOLUMES,
        "{'metadata':{'name':'%s'},'spec':{'capacity':{'storage':'%s'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/tmp/v'}%s}}"
            .formatted(name, size, more));
  }

  private ObjectNode claim(String name, String size, String className, String more) {
    return cluster.create(
        Resources.VOLUME_CLAIMS,
        "{'metadata':{'namespace':'team','name':'%s'},'spec':{'storageClassName':%s,'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'%s'}}%s}}"
            .formatted(name, className, size, more));
  }

  private ObjectNode pod(String name, String volumes) {
    return cluster.create(
        Resources.PODS,
        "{'metadata':{'namespace':'team','name':'%s'},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'}],'volumes':[%s]}}"
            .formatted(name, volumes));
  }

  /** As the scheduler does. */
  private void selectNode(String claim) {
    var patch = json("{'metadata':{'annotations':{'volume.kubernetes.io/selected-node':'n'}}}");
    cluster.client.patch(Resources.VOLUME_CLAIMS, new ObjectKey("team", claim), Patch.merge(patch));
  }

  private void delete(GroupVersionResource resource, ObjectKey key) {
    try {
      cluster.client.delete(resource, key, DeleteOptions.DEFAULT);
    } catch (ApiException gone) {
      assertEquals(StatusReason.NOT_FOUND, gone.reason());
    }
  }

  private ObjectNode awaitBound() throws InterruptedException {
    return awaitClaim("data", claim -> phase(claim).equals("Bound"));
  }

  private ObjectNode awaitClaim(String name, Predicate<ObjectNode> wanted)
      throws InterruptedException {
    return cluster.await(Resources.VOLUME_CLAIMS, new ObjectKey("team", name), wanted);
  }

  private ObjectNode awaitPhase(String volume, String phase) throws InterruptedException {
    return cluster.await(
        Resources.VOLUMES, ObjectKey.cluster(volume), each -> phase(each).equals(phase));
  }

  private void awaitEvent(String reason, String text) throws InterruptedException {
    var since = ListOptions.ALL.withResourceVersion("0");
    try (var events = cluster.client.watch(Resources.EVENTS, "", since)) {
      for (var event = events.next(); event != null; event = events.next()) {
        if (event.object().path("reason").asText().equals(reason)
            && event.object().path("message").asText().contains(text)) {
          return;
        }
      }
    }
  }

  private static String phase(ObjectNode object) {
    return object.path("status").path("phase").asText();
  }

  private static ObjectNode json(String text) {
    return TestCluster.json(text);
  }
}
