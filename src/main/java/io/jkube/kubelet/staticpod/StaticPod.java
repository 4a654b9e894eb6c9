package io.jkube.kubelet.staticpod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.MirrorPods;
import io.jkube.api.Timestamps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/** What makes the pod of a file one of its node, and what of it shows in the API. */
final class StaticPod {
  private static final String HASH = "kubernetes.io/config.hash";
  private static final String SEEN = "kubernetes.io/config.seen";
  private static final String SOURCE = "kubernetes.io/config.source";

  /** A uid is as long as upstream's: so many bytes of a digest. */
  private static final int UID_BYTES = 16;

  private StaticPod() {}

  /**
   * The pod as the node runs it: its name has the node's behind it, and it bears problems of the
   * node that others would be moved away for.
   */
  static ObjectNode of(ObjectNode read, Path file, String node, Instant seen) {
    var pod = read.deepCopy();
    pod.put("apiVersion", "v1").put("kind", "Pod").remove("status");
    var metadata = pod.withObject("/metadata");
    metadata.remove("uid");
    var uid = digest(Json.sorted(pod) + "host:" + node + "file:" + file);
    metadata
        .put("name", metadata.path("name").asText() + "-" + node.toLowerCase(Locale.ROOT))
        .put("uid", uid)
        .put("creationTimestamp", Timestamps.seconds(seen));
    if (metadata.path("namespace").asText().isEmpty()) {
      metadata.put("namespace", "default");
    }
    metadata
        .withObject("/annotations")
        .put(HASH, uid)
        .put(SEEN, seen.toString())
        .put(SOURCE, "file");
    var spec = pod.withObject("/spec").put("nodeName", node);
    spec.withArray("/tolerations").addObject().put("operator", "Exists").put("effect", "NoExecute");
    return pod;
  }

  static String uid(JsonNode pod) {
    return pod.at("/metadata/uid").asText();
  }

  /** What the API is to show of it. */
  static ObjectNode mirror(ObjectNode pod, ObjectNode node) {
    var mirror = pod.deepCopy();
    var metadata = mirror.withObject("/metadata");
    metadata.withObject("/annotations").put(MirrorPods.ANNOTATION, uid(pod));
    metadata.remove("uid");
    metadata.remove("creationTimestamp");
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", node.at("/metadata/name").asText())
        .put("uid", node.at("/metadata/uid").asText())
        .put("controller", true);
    return mirror;
  }

  /** Whether an object of the API shows just this pod, and may go on doing so. */
  static boolean shows(ObjectNode mirror, ObjectNode pod) {
    var metadata = mirror.path("metadata");
    return metadata.path("annotations").path(MirrorPods.ANNOTATION).asText().equals(uid(pod))
        && !metadata.hasNonNull("deletionTimestamp");
  }

  /** The same pod, told to end in its own time. */
  static ObjectNode ending(ObjectNode pod, Instant now) {
    var ending = pod.deepCopy();
    ending
        .withObject("/metadata")
        .put("deletionTimestamp", Timestamps.seconds(now))
        .set("deletionGracePeriodSeconds", pod.at("/spec/terminationGracePeriodSeconds"));
    return ending;
  }

  private static String digest(String text) {
    try {
      var bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, UID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
