package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.client.ApiCall;
import io.jkube.testing.BusyboxImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From the deletion of a pod until it is gone, beside the same by bare calls of the engine. Its
 * process ends as soon as it is asked to.
 */
record Deletions() implements Figure {
  private static final int PODS = 15;
  private static final double MOST = 1.2;
  private static final String LIMIT_SECONDS = "60";
  private static final List<String> COMMAND =
      List.of("sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait");

  @Override
  public String word() {
    return "deletions";
  }

  @Override
  public String title() {
    return "pods, from their deletion until they are gone";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var engine = RawEngine.find();
    var image = BusyboxImage.in(engine.address());
    try (var cluster = lab.cluster()) {
      run(cluster, image, "first");
      try (var raw = RawPods.like(engine, cluster.name(), image)) {
        var ours = new Samples();
        var bare = new Samples();
        for (int i = 0; i < PODS; i++) {
          raw.run("bare-" + i, COMMAND);
          bare.addNanos(stopAndRemove(raw));
          run(cluster, image, "one-" + i);
          ours.addNanos(delete(cluster, "one-" + i));
        }
        return List.of(
            Finding.Measured.of(
                    "pod delete to gone, one at a time", Unit.MILLISECONDS, ours.median())
                .beside("stop and remove by raw engine calls", bare.median())
                .mustReach(new Target.RatioAtMost(MOST))
                .noted("median of " + PODS + " in turns"));
      }
    }
  }

  private static long stopAndRemove(RawPods raw) throws IOException {
    long from = System.nanoTime();
    raw.stopAndRemove();
    return System.nanoTime() - from;
  }

  private static void run(RunningCluster cluster, String image, String name) throws Exception {
    try (var running = Running.watch(cluster)) {
      var pod = SampleObjects.pod(name, image);
      var command = Json.array();
      COMMAND.forEach(command::add);
      ((ObjectNode) pod.at("/spec")).put("terminationGracePeriodSeconds", 30);
      ((ObjectNode) pod.at("/spec/containers/0")).set("command", command);
      cluster.send("POST", SampleObjects.PODS, pod);
      running.await(Set.of(name));
    }
  }

  private static long delete(RunningCluster cluster, String name) throws Exception {
    var list = cluster.send("GET", SampleObjects.PODS, null);
    var query =
        Map.of(
            "resourceVersion", List.of(list.at("/metadata/resourceVersion").asText()),
            "timeoutSeconds", List.of(LIMIT_SECONDS));
    try (var watch = cluster.api().watch(ApiCall.of("GET", SampleObjects.PODS, query, null))) {
      long from = System.nanoTime();
      cluster.send("DELETE", SampleObjects.PODS + "/" + name, null);
      for (var event = watch.next(); event != null; event = watch.next()) {
        boolean ofIt = event.object().at("/metadata/name").asText().equals(name);
        if (ofIt && event.type().equals("DELETED")) {
          return System.nanoTime() - from;
        }
      }
    }
    throw new IOException(name + " is not gone within " + LIMIT_SECONDS + " s");
  }
}
