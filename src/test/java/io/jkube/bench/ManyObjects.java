package io.jkube.bench;

import io.jkube.client.ApiCall;
import io.jkube.client.HttpsTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

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
    var jcmd = jcmd();
    try (var cluster = lab.cluster("--runtime", "fake")) {
      var one = SampleObjects.CONFIG_MAPS + "/one";
      for (int i = 1; i < FEW; i++) {
        create(cluster, "few-" + i);
      }
      create(cluster, "one");
      int bytes = bytes(cluster.api(), one);
      wrk.get(cluster.url() + one, cluster.token(), CLIENTS, WARM_UP_SECONDS);
      double amongFew = get(wrk, cluster, one);
      double before = usedKibibytes(lab, jcmd, cluster.pid());
      fill(wrk, cluster);
      int stored = count(cluster.api());
      double after = usedKibibytes(lab, jcmd, cluster.pid());
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

  private static Path jcmd() throws Unmeasurable {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new Unmeasurable("the heap is looked at with jcmd of a JDK");
    }
    return jcmd;
  }

  private static double usedKibibytes(Lab lab, Path jcmd, long pid) throws IOException {
    var program = jcmd.toString();
    var process = Long.toString(pid);
    lab.program().run(List.of(program, process, "GC.run")).expectSuccess();
    var info = lab.program().run(List.of(program, process, "GC.heap_info")).expectSuccess().out();
    return USED.matcher(info).results().mapToDouble(one -> Double.parseDouble(one.group(1))).sum();
  }
}
