package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Claims of pods, through all components of a cluster, with an engine in memory. */
@Timeout(60)
final class StorageTest {
  private static final String CLAIM =
      "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}";

  @TempDir static Path folder;
  private static Cluster cluster;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    var settings =
        new StartSettings(
            "storage", 0, 2, 0, StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));
    cluster =
        Cluster.start(
            settings,
            Map.of(
                "HOME", folder.toString(),
                "JKUBE_HOME", folder.resolve("home").toString(),
                "KUBECONFIG", folder.resolve("kubeconfig").toString()),
            InstantSource.system(),
            StartupListener.SILENT);
    api = new ApiClient(cluster.administrator());
    await(Resources.SERVICE_ACCOUNTS, "default", found -> true);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aClaimOfTheDefaultClassFollowsItsPodAndOutlivesIt() {
    create(Resources.VOLUME_CLAIMS, "data", CLAIM);
    var claim = await(Resources.VOLUME_CLAIMS, "data", found -> true);
    assertEquals("standard", claim.at("/spec/storageClassName").asText());
    pod("first", "'persistentVolumeClaim':{'claimName':'data'}");
    var pod = awaitRunning("first");
    var bound = await(Resources.VOLUME_CLAIMS, "data", found -> phase(found).equals("Bound"));
    assertEquals(
        pod.at("/spec/nodeName").asText(),
        bound.at("/metadata/annotations").path("volume.kubernetes.io/selected-node").asText());
    var volume = ObjectKey.cluster(bound.at("/spec/volumeName").asText());
    var path = Path.of(api.get(Resources.VOLUMES, volume).at("/spec/local/path").asText());
    assertTrue(path.startsWith(folder.resolve("home/storage/volumes")), path.toString());

    api.delete(Resources.PODS, key("first"), DeleteOptions.grace(0));
    pod("second", "'persistentVolumeClaim':{'claimName':'data'}");
    awaitRunning("second");
    api.delete(Resources.VOLUME_CLAIMS, key("data"), DeleteOptions.DEFAULT);
    await(
        Resources.VOLUME_CLAIMS, "data", found -> found.path("metadata").has("deletionTimestamp"));
    assertTrue(Files.isDirectory(path), "a pod still uses it");
    api.delete(Resources.PODS, key("second"), DeleteOptions.grace(0));
    awaitGone(Resources.VOLUME_CLAIMS, key("data"));
    awaitGone(Resources.VOLUMES, volume);
    assertFalse(Files.exists(path));
  }

  @Test
  void aPodThatWaitsForAClaimSaysSo() {
    pod("early", "'persistentVolumeClaim':{'claimName':'late'}");
    var waiting = await(Resources.PODS, "early", pod -> pod.at("/status").has("conditions"));
    assertEquals(
        "0/2 nodes are available: persistentvolumeclaim \"late\" not found. no new claims to"
            + " deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for"
            + " scheduling.",
        waiting.at("/status/conditions/0/message").asText());
    create(Resources.VOLUME_CLAIMS, "late", CLAIM);
    awaitRunning("early");
  }

  @Test
  void aPodsOwnVolumeComesAndGoesWithIt() {
    var template = "'volumeClaimTemplate':{'spec':{" + CLAIM + "}}";
    pod("own", "'ephemeral':{" + template + "}");
    awaitRunning("own");
    var claim = await(Resources.VOLUME_CLAIMS, "own-v", found -> phase(found).equals("Bound"));
    api.delete(Resources.PODS, key("own"), DeleteOptions.grace(0));
    awaitGone(Resources.VOLUME_CLAIMS, key("own-v"));
    awaitGone(Resources.VOLUMES, ObjectKey.cluster(claim.at("/spec/volumeName").asText()));
  }

  private static void pod(String name, String volume) {
    create(
        Resources.PODS,
        name,
        "'terminationGracePeriodSeconds':0,'containers':[{'name':'c','image':'busybox:1.36',"
            + "'command':['httpd'],'volumeMounts':[{'name':'v','mountPath':'/v'}]}],"
            + "'volumes':[{'name':'v',"
            + volume
            + "}]");
  }

  private static void create(GroupVersionResource resource, String name, String spec) {
    var text = "{'metadata':{'namespace':'default','name':'" + name + "'},'spec':{" + spec + "}}";
    api.create(resource, Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static ObjectNode awaitRunning(String pod) {
    return await(Resources.PODS, pod, found -> phase(found).equals("Running"));
  }

  private static ObjectNode await(
      GroupVersionResource resource, String name, Predicate<ObjectNode> wanted) {
    return awaitState(resource, key(name), found -> found.filter(wanted).isPresent()).orElseThrow();
  }

  private static void awaitGone(GroupVersionResource resource, ObjectKey key) {
    awaitState(resource, key, Optional::isEmpty);
  }

  private static Optional<ObjectNode> awaitState(
      GroupVersionResource resource, ObjectKey key, Predicate<Optional<ObjectNode>> wanted) {
    var found = api.find(resource, key);
    while (!wanted.test(found)) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      found = api.find(resource, key);
    }
    return found;
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }

  private static String phase(ObjectNode object) {
    return object.path("status").path("phase").asText();
  }
}
