package io.jkube.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Creations that are on disk when they are answered, beside what the disk itself takes. */
record Creates() implements Figure {
  private static final int MANY = 16;
  private static final int OBJECT_BYTES = 800;
  private static final int WRITTEN_BYTES = 1024;
  private static final int SYNCS = 1000;
  private static final int WARM_UP_SECONDS = 5;
  private static final int SECONDS = 4;
  private static final int ROUNDS = 3;

  /** What must be reached with so many clients. */
  private record Wanted(int clients, double perSecond, double p99Millis) {}

  private static final List<Wanted> WANTED =
      List.of(new Wanted(MANY, 4_500, 15), new Wanted(1, 1_200, 3));

  @Override
  public String word() {
    return "creates";
  }

  @Override
  public String title() {
    return "durable creates a second, " + MANY + " clients and 1";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var wrk = Wrk.find(lab);
    var findings = new ArrayList<Finding>();
    try (var cluster = lab.cluster("--runtime", "fake")) {
      load(wrk, cluster, MANY, WARM_UP_SECONDS);
      for (var wanted : WANTED) {
        findings.addAll(measure(lab, wrk, cluster, wanted));
      }
    }
    return findings;
  }

  private static List<Finding> measure(Lab lab, Wrk wrk, RunningCluster cluster, Wanted wanted)
      throws IOException {
    var rate = new Samples();
    var half = new Samples();
    var p99 = new Samples();
    var disk = new Samples();
    for (int round = 0; round < ROUNDS; round++) {
      disk.add(syncsPerSecond(lab));
      var load = load(wrk, cluster, wanted.clients(), SECONDS);
      rate.add(load.perSecond());
      half.add(load.medianMillis());
      p99.add(load.p99Millis());
    }
    var clients = wanted.clients() == 1 ? "1 client" : wanted.clients() + " clients";
    return List.of(
        Finding.Measured.of("durable create of 1 KB, " + clients, Unit.PER_SECOND, rate.median())
            .beside("write + fsync of 1 KB, one by one", disk.median())
            .mustReach(new Target.AtLeast(wanted.perSecond()))
            .noted("wrk, TLS kept, token"),
        Finding.Measured.of("  its p50", Unit.MILLISECONDS, half.median()),
        Finding.Measured.of("  its p99", Unit.MILLISECONDS, p99.median())
            .mustReach(new Target.AtMost(wanted.p99Millis())));
  }

  private static Wrk.Load load(Wrk wrk, RunningCluster cluster, int clients, int seconds)
      throws IOException {
    var body = SampleObjects.configMap("NAME", OBJECT_BYTES).toString();
    var url = cluster.url() + SampleObjects.CONFIG_MAPS;
    return wrk.create(url, cluster.token(), body, clients, seconds);
  }

  /** The floor: appends to a file, each on disk before the next. */
  private static double syncsPerSecond(Lab lab) throws IOException {
    var file = lab.folder().resolve("syncs");
    var bytes = ByteBuffer.allocate(WRITTEN_BYTES);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long begin = System.nanoTime();
      for (int i = 0; i < SYNCS; i++) {
        channel.write(bytes.rewind());
        channel.force(false);
      }
      return SYNCS / ((System.nanoTime() - begin) / 1e9);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
