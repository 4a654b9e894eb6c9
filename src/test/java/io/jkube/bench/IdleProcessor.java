package io.jkube.bench;

import io.jkube.testing.BusyboxImage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the server takes of a processor while its pods run and nothing else happens. */
record IdleProcessor() implements Figure {
  private static final int PODS = 100;
  private static final long SETTLE_MILLIS = 30_000;
  private static final long IDLE_MILLIS = 60_000;
  private static final double MOST_PERCENT = 2;

  @Override
  public String word() {
    return "idle";
  }

  @Override
  public String title() {
    return "processor at idle with " + PODS + " pods";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var image = BusyboxImage.in(RawEngine.find().address());
    try (var cluster = lab.cluster()) {
      var names = IntStream.range(0, PODS).mapToObj(i -> "idle-" + i).collect(Collectors.toSet());
      try (var running = Running.watch(cluster)) {
        for (var name : names) {
          cluster.send("POST", SampleObjects.PODS, SampleObjects.pod(name, image));
        }
        running.await(names);
      }
      Thread.sleep(SETTLE_MILLIS);
      var cpu = new ProcessCpu(cluster.pid());
      double before = cpu.seconds();
      long from = System.nanoTime();
      Thread.sleep(IDLE_MILLIS);
      double percent = (cpu.seconds() - before) / (System.nanoTime() - from) * 1e9 * 100;
      return List.of(
          Finding.Measured.of(
                  "processor at idle with " + PODS + " pods, of one core", Unit.PERCENT, percent)
              .mustReach(new Target.AtMost(MOST_PERCENT))
              .noted("over " + IDLE_MILLIS / 1000 + " s"));
    }
  }
}
