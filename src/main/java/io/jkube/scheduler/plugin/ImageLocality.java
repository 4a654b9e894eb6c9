package io.jkube.scheduler.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeScore;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.ScorePlugin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that has the pod's images is better, the more so the larger they are. An image that few
 * nodes have counts for less, so that not all pods run to one node.
 */
public final class ImageLocality implements ScorePlugin {
  private static final long MEBIBYTE = 1024 * 1024;

  /** Below this the images of a pod are pulled too quickly to matter. */
  private static final long LEAST_BYTES = 23 * MEBIBYTE;

  /** From this on, for each container, no image counts for more. */
  private static final long MOST_BYTES_EACH = 1000 * MEBIBYTE;

  @Override
  public String name() {
    return "ImageLocality";
  }

  @Override
  public int weight() {
    return 1;
  }

  @Override
  public Optional<NodeScore> prepare(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting) {
    var images = images(pod.object().path("spec"));
    var spread = new HashMap<String, Double>();
    for (var image : images) {
      long having =
          nodes.nodes().stream().filter(node -> node.imageBytes().containsKey(image)).count();
      if (having > 0) {
        spread.put(image, (double) having / nodes.nodes().size());
      }
    }
    return spread.isEmpty()
        ? Optional.empty()
        : Optional.of(node -> score(images, node.imageBytes(), spread));
  }

  private static long score(
      List<String> images, Map<String, Long> there, Map<String, Double> spread) {
    long sum = 0;
    for (var image : images) {
      sum += (long) (there.getOrDefault(image, 0L) * spread.getOrDefault(image, 0.0));
    }
    long most = MOST_BYTES_EACH * images.size();
    long counted = Math.clamp(sum, LEAST_BYTES, most);
    return MAX_SCORE * (counted - LEAST_BYTES) / (most - LEAST_BYTES);
  }

  private static List<String> images(JsonNode spec) {
    var images = new ArrayList<String>();
    spec.path("initContainers").forEach(container -> images.add(name(container)));
    spec.path("containers").forEach(container -> images.add(name(container)));
    return images;
  }

  /** As nodes report it: with a tag. */
  private static String name(JsonNode container) {
    var image = container.path("image").asText();
    return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
  }
}
