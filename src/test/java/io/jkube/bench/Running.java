package io.jkube.bench;

import io.jkube.client.ApiCall;
import io.jkube.client.Transport.WatchEvent;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Waits, with a watch begun before, until pods run. */
final class Running implements AutoCloseable {
  private static final String LIMIT_SECONDS = "120";

  private final io.jkube.client.Transport.WatchStream watch;

  private Running(io.jkube.client.Transport.WatchStream watch) {
    this.watch = watch;
  }

  static Running watch(RunningCluster cluster) {
    var version =
        cluster
            .send("GET", SampleObjects.PODS, null)
            .path("metadata")
            .path("resourceVersion")
            .asText();
    var query =
        Map.of("resourceVersion", List.of(version), "timeoutSeconds", List.of(LIMIT_SECONDS));
    return new Running(cluster.api().watch(ApiCall.of("GET", SampleObjects.PODS, query, null)));
  }

  /** Returns when each of these has been seen Running. */
  void await(Set<String> names) throws IOException, InterruptedException {
    var left = new HashSet<>(names);
    while (!left.isEmpty()) {
      left.remove(nameOfRunning(next(left)));
    }
  }

  private WatchEvent next(Set<String> left) throws IOException, InterruptedException {
    var event = watch.next();
    if (event == null || event.type().equals("ERROR")) {
      throw new IOException("not Running within " + LIMIT_SECONDS + " s: " + left);
    }
    return event;
  }

  private static String nameOfRunning(WatchEvent event) {
    return event.object().path("status").path("phase").asText().equals("Running")
        ? event.object().path("metadata").path("name").asText()
        : "";
  }

  @Override
  public void close() {
    watch.close();
  }
}
