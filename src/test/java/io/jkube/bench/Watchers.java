package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.client.ApiCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * How long one change takes to reach the last of many watchers, each on a connection of its own.
 */
record Watchers() implements Figure {
  private static final int WATCHERS = 1000;
  private static final int WARM_UP = 10;
  private static final int CHANGES = 21;
  private static final long LIMIT_SECONDS = 30;
  private static final double MOST_MILLIS = 50;

  @Override
  public String word() {
    return "watchers";
  }

  @Override
  public String title() {
    return "one change to " + WATCHERS + " watchers, over TLS";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var watchers = new ArrayList<Watcher>();
    try (var cluster = lab.cluster("--runtime", "fake")) {
      var map = SampleObjects.configMap("watched", 1000);
      cluster.send("POST", SampleObjects.CONFIG_MAPS, map);
      var tls = cluster.tls();
      for (int i = 0; i < WATCHERS; i++) {
        watchers.add(Watcher.open(cluster, tls));
      }
      var last = new Samples();
      for (int i = -WARM_UP; i < CHANGES; i++) {
        long nanos = change(cluster, map, watchers, i + WARM_UP);
        if (i >= 0) {
          last.addNanos(nanos);
        }
      }
      return List.of(
          Finding.Measured.of(
                  "one change to %,d watchers, the last has it".formatted(WATCHERS),
                  Unit.MILLISECONDS,
                  last.median())
              .mustReach(new Target.AtMost(MOST_MILLIS))
              .noted("median of " + CHANGES + "; client and server share the machine"));
    } finally {
      for (var watcher : watchers) {
        watcher.close();
      }
    }
  }

  /** From the request that changes the object to the last watcher's having read the event. */
  private static long change(
      RunningCluster cluster, ObjectNode map, List<Watcher> watchers, int number)
      throws InterruptedException, IOException {
    var marker = "change-" + number + ".";
    var changed = map.deepCopy();
    ((ObjectNode) changed.get("data")).put("marker", marker);
    var seen = new CountDownLatch(watchers.size());
    watchers.forEach(watcher -> watcher.expect(marker, seen));
    long begin = System.nanoTime();
    cluster
        .api()
        .send(ApiCall.of("PUT", SampleObjects.CONFIG_MAPS + "/watched", Map.of(), changed));
    if (!seen.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(seen.getCount() + " watchers did not see the change");
    }
    return System.nanoTime() - begin;
  }

  /** One connection, read by a virtual thread. */
  private static final class Watcher {
    private record Expected(String marker, CountDownLatch seen) {}

    private final SSLSocket socket;
    private volatile Expected expected;

    private Watcher(SSLSocket socket) {
      this.socket = socket;
    }

    static Watcher open(RunningCluster cluster, SSLContext tls) throws IOException {
      var socket =
          (SSLSocket)
              tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), cluster.port());
      var request =
          "GET "
              + SampleObjects.CONFIG_MAPS
              + "?watch=true HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
              + cluster.token()
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      if (!lines.readLine().contains(" 200 ")) {
        throw new IOException("no watch was begun");
      }
      var watcher = new Watcher(socket);
      Thread.ofVirtual().start(() -> watcher.read(lines));
      return watcher;
    }

    void expect(String marker, CountDownLatch seen) {
      expected = new Expected(marker, seen);
    }

    private void read(BufferedReader lines) {
      try {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          var waiting = expected;
          if (waiting != null && line.contains(waiting.marker())) {
            waiting.seen().countDown();
          }
        }
      } catch (IOException closed) {
        // The figure is over, or its latch says what is missing.
        return;
      }
    }

    void close() throws IOException {
      socket.close();
    }
  }
}
