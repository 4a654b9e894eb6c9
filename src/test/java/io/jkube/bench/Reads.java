package io.jkube.bench;

import io.jkube.client.ApiCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** GET of one object by many clients and LIST by one, beside a bare server of the same bytes. */
record Reads() implements Figure {
  private static final int CLIENTS = 16;
  private static final int PODS = 1000;
  private static final int POD_BYTES = 1700;
  private static final int OBJECT_BYTES = 2800;
  private static final int WARM_UP_SECONDS = 5;
  private static final int SECONDS = 3;
  private static final int ROUNDS = 3;
  private static final double LEAST_GETS = 20_000;
  private static final double MOST_GET_P99_MILLIS = 5;
  private static final double MOST_LIST_MILLIS = 5;

  @Override
  public String word() {
    return "reads";
  }

  @Override
  public String title() {
    return "GET with " + CLIENTS + " clients and LIST of " + PODS + " pods, over TLS";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var wrk = Wrk.find(lab);
    try (var cluster = lab.cluster("--runtime", "fake")) {
      cluster.send("POST", SampleObjects.CONFIG_MAPS, SampleObjects.configMap("one", OBJECT_BYTES));
      for (int i = 0; i < PODS; i++) {
        cluster.send("POST", SampleObjects.PODS, SampleObjects.waitingPod("pod-" + i, POD_BYTES));
      }
      var get = new Pair(lab, cluster, wrk, SampleObjects.CONFIG_MAPS + "/one", CLIENTS);
      get.measure();
      var list = new Pair(lab, cluster, wrk, SampleObjects.PODS, 1);
      list.measure();
      return List.of(
          Finding.Measured.of(
                  "GET of %.1f KB, %d clients".formatted(get.bytes / 1000.0, CLIENTS),
                  Unit.PER_SECOND,
                  get.ours.rate.median())
              .beside("bare Javalin", get.bare.rate.median())
              .mustReach(new Target.AtLeast(LEAST_GETS))
              .noted("wrk, TLS kept, token"),
          Finding.Measured.of("  its p99", Unit.MILLISECONDS, get.ours.p99.median())
              .beside("bare Javalin", get.bare.p99.median())
              .mustReach(new Target.AtMost(MOST_GET_P99_MILLIS)),
          Finding.Measured.of(
                  "LIST of %d pods (%.1f MB), 1 client".formatted(PODS, list.bytes / 1e6),
                  Unit.MILLISECONDS,
                  list.ours.half.median())
              .beside("bare Javalin", list.bare.half.median())
              .mustReach(new Target.AtMost(MOST_LIST_MILLIS))
              .noted("wrk, TLS kept, token; median of requests"));
    }
  }

  /** The figures of one server. */
  private static final class Side {
    final Samples rate = new Samples();
    final Samples half = new Samples();
    final Samples p99 = new Samples();

    void add(Wrk.Load load) {
      rate.add(load.perSecond());
      half.add(load.medianMillis());
      p99.add(load.p99Millis());
    }
  }

  /** The same bytes from jkube and from a bare server, in turns. */
  private static final class Pair {
    private final Lab lab;
    private final RunningCluster cluster;
    private final Wrk wrk;
    private final String path;
    private final int clients;
    final Side ours = new Side();
    final Side bare = new Side();
    int bytes;

    Pair(Lab lab, RunningCluster cluster, Wrk wrk, String path, int clients) {
      this.lab = lab;
      this.cluster = cluster;
      this.wrk = wrk;
      this.path = path;
      this.clients = clients;
    }

    void measure() throws IOException, InterruptedException {
      byte[] body;
      try (var answer = cluster.api().stream(ApiCall.of("GET", path, Map.of(), null))) {
        body = answer.readAllBytes();
      }
      bytes = body.length;
      try (var floor = BareFloor.start(lab, cluster, body)) {
        load(cluster.url() + path, WARM_UP_SECONDS);
        load(floor.url(), WARM_UP_SECONDS);
        for (int round = 0; round < ROUNDS; round++) {
          bare.add(load(floor.url(), SECONDS));
          ours.add(load(cluster.url() + path, SECONDS));
        }
      }
    }

    private Wrk.Load load(String url, int seconds) throws IOException, InterruptedException {
      return wrk.get(url, cluster.token(), clients, seconds);
    }
  }
}
