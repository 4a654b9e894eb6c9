package io.jkube.bench;

import io.jkube.client.ApiCall;
import io.jkube.client.HttpsTransport;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a server holds of its heap for many objects, and whether they slow down a GET of one. */
record ManyObjects() implements Figure {
  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int DATA_BYTES = 1_500;
  private static final int CLIENTS = 16;
  private static final int WARM_UP_SECONDS = 10;
  private static final int FILL_SECONDS = 5;
  private static final int FILLS = 60;
  private static final int GET_SECONDS = 3;
  private static final int ROUNDS = 3;
  private static final double MOST_KIBIBYTES_EACH = 4;
  private static final double MOST_MEBIBYTES = 1024;
  private static final double MOST_TIMES_SLOWER = 1.15;
  private static final double KIBI = 1024;

  @Override
  public String word() {
    return "objects";
  }

  @Override
  public String title() {
    return "%,d objects: the heap they take, and GET among them".formatted(MANY);
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var wrk = Wrk.find(lab);
    var heap = Heap.find(lab);
    try (var cluster = lab.cluster("--runtime", "fake")) {
      var one = SampleObjects.CONFIG_MAPS + "/one";
      for (int i = 1; i < FEW; i++) {
        create(cluster, "few-" + i);
      }
      create(cluster, "one");
      int bytes = bytes(cluster.api(), one);
      wrk.get(cluster.url() + one, cluster.token(), CLIENTS, WARM_UP_SECONDS);
      double amongFew = get(wrk, cluster, one);
      double before = heap.usedKibibytes(cluster.pid());
      fill(wrk, cluster);
      int stored = count(cluster.api());
      double after = heap.usedKibibytes(cluster.pid());
      double amongMany = get(wrk, cluster, one);
      return List.of(
          Finding.Measured.of(
                  "heap of a stored object beyond its %.1f KB".formatted(bytes / 1000.0),
                  Unit.KIBIBYTES,
                  (after - before) / (stored - FEW) - bytes / KIBI)
              .mustReach(new Target.AtMost(MOST_KIBIBYTES_EACH))
              .noted("ConfigMaps; used after a full collection"),
          Finding.Measured.of(
                  "heap with %,d of them".formatted(stored), Unit.MEBIBYTES, after / KIBI)
              .mustReach(new Target.AtMost(MOST_MEBIBYTES)),
          Finding.Measured.of(
                  "GET among them, %d clients".formatted(CLIENTS), Unit.MILLISECONDS, amongMany)
              .beside("among " + FEW, amongFew)
              .mustReach(new Target.RatioAtMost(MOST_TIMES_SLOWER))
              .noted("wrk, TLS kept, token; p50"));
    }
  }

  private static void create(RunningCluster cluster, String name) {
    cluster.send("POST", SampleObjects.CONFIG_MAPS, SampleObjects.configMap(name, DATA_BYTES));
  }

  private static int bytes(HttpsTransport api, String path) throws IOException {
    try (var answer = api.stream(ApiCall.of("GET", path, Map.of(), null))) {
      return answer.readAllBytes().length;
    }
  }

  private static void fill(Wrk wrk, RunningCluster cluster) throws IOException {
    var body = SampleObjects.configMap("NAME", DATA_BYTES).toString();
    var url = cluster.url() + SampleObjects.CONFIG_MAPS;
    for (int i = 0; i < FILLS && count(cluster.api()) < MANY; i++) {
      wrk.create(url, cluster.token(), body, CLIENTS, FILL_SECONDS);
    }
  }

  private static int count(HttpsTransport api) {
    var first =
        api.send(ApiCall.of("GET", SampleObjects.CONFIG_MAPS, Map.of("limit", List.of("1")), null));
    return 1 + first.at("/metadata/remainingItemCount").asInt();
  }

  private static double get(Wrk wrk, RunningCluster cluster, String path) throws IOException {
    var half = new Samples();
    for (int round = 0; round < ROUNDS; round++) {
      var load = wrk.get(cluster.url() + path, cluster.token(), CLIENTS, GET_SECONDS);
      half.add(load.medianMillis());
    }
    return half.median();
  }
}
