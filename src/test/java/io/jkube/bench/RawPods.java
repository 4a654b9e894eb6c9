package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Pods by bare calls: create and start a sandbox on the cluster's network, create and start a
 * container that joins it. With the image, the network and the labels that the cluster's own have.
 */
final class RawPods implements AutoCloseable {
  private final RawEngine engine;
  private final String cluster;
  private final String image;
  private final String pauseImage;
  private final String network;
  private final Queue<String> made = new ConcurrentLinkedQueue<>();

  private RawPods(
      RawEngine engine, String cluster, String image, String pauseImage, String network) {
    this.engine = engine;
    this.cluster = cluster;
    this.image = image;
    this.pauseImage = pauseImage;
    this.network = network;
  }

  /** Takes the pause image and the network from a sandbox that the cluster has made. */
  static RawPods like(RawEngine engine, String cluster, String image) throws IOException {
    var sandboxes =
        engine.labelled("io.jkube.cluster=" + cluster, "io.kubernetes.docker.type=podsandbox");
    if (sandboxes.isEmpty()) {
      throw new IOException("cluster " + cluster + " has no sandbox to copy");
    }
    var sandbox = engine.inspect(sandboxes.path(0).path("Id").asText());
    var pause = sandbox.path("Config").path("Image").asText();
    var network = sandbox.path("HostConfig").path("NetworkMode").asText();
    return new RawPods(engine, cluster, image, pause, network);
  }

  void run(String name) throws IOException {
    run(name, List.of("sleep", "3600"));
  }

  void run(String name, List<String> command) throws IOException {
    var sandbox = started(name + "-sandbox", container(pauseImage, network));
    var main = container(image, "container:" + sandbox);
    var words = main.putArray("Cmd");
    command.forEach(words::add);
    started(name, main);
  }

  private String started(String name, ObjectNode container) throws IOException {
    var id = engine.create(cluster + "-raw-" + name, container);
    made.add(id);
    engine.start(id);
    return id;
  }

  private ObjectNode container(String image, String network) {
    var container = Json.object().put("Image", image);
    container.putObject("Labels").put("io.jkube.bench", cluster);
    container.putObject("HostConfig").put("NetworkMode", network);
    return container;
  }

  /** Asks the programs of what was made to end, and removes it: containers before sandboxes. */
  void stopAndRemove() throws IOException {
    var ids = new ArrayList<>(made);
    for (var id : ids.reversed()) {
      engine.stop(id);
      engine.remove(id);
      made.remove(id);
    }
  }

  /** Removes what was made. */
  @Override
  public void close() throws IOException {
    for (var id = made.poll(); id != null; id = made.poll()) {
      engine.remove(id);
    }
  }
}
