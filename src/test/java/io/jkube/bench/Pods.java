package io.jkube.bench;

import io.jkube.testing.BusyboxImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** From the creation of pods to Running, beside the same by bare calls of the engine. */
record Pods() implements Figure {
  private static final int SINGLE = 15;
  private static final int ROUNDS = 5;
  private static final int MANY = 20;
  private static final int RAW_AT_ONCE = 8;
  private static final long POLL_MILLIS = 50;
  private static final double MOST_SINGLE = 1.15;
  private static final double MOST_MANY = 1.3;

  @Override
  public String word() {
    return "pods";
  }

  @Override
  public String title() {
    return "pods, one at a time and " + MANY + " at once, to Running";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var engine = RawEngine.find();
    var image = BusyboxImage.in(engine.address());
    try (var cluster = lab.cluster()) {
      return new Run(cluster, engine, image).measure();
    }
  }

  /** One measurement on one cluster. */
  private record Run(RunningCluster cluster, RawEngine engine, String image) {
    List<Finding> measure() throws Exception {
      ours(Set.of("first"));
      try (var raw = RawPods.like(engine, cluster.name(), image)) {
        raw.run("first");
        clear(raw);
        return List.of(oneAtATime(raw), atOnce(raw));
      }
    }

    private Finding oneAtATime(RawPods raw) throws Exception {
      var ours = new Samples();
      var bare = new Samples();
      for (int i = 0; i < SINGLE; i++) {
        var name = "one-" + i;
        bare.addNanos(raw(raw, Set.of(name)));
        ours.addNanos(ours(Set.of(name)));
        clear(raw);
      }
      return Finding.Measured.of(
              "pod create to Running, one at a time", Unit.MILLISECONDS, ours.median())
          .beside("raw engine calls", bare.median())
          .mustReach(new Target.RatioAtMost(MOST_SINGLE))
          .noted("median of " + SINGLE + " in turns");
    }

    private Finding atOnce(RawPods raw) throws Exception {
      var ours = new Samples();
      var bare = new Samples();
      for (int round = 0; round < ROUNDS; round++) {
        var prefix = "round-" + round + "-";
        var names = IntStream.range(0, MANY).mapToObj(i -> prefix + i).collect(Collectors.toSet());
        bare.addNanos(raw(raw, names));
        clear(raw);
        ours.addNanos(ours(names));
        clear(raw);
      }
      return Finding.Measured.of(
              MANY + " pods at once, all Running", Unit.MILLISECONDS, ours.median())
          .beside("raw engine calls, " + RAW_AT_ONCE + " at a time", bare.median())
          .mustReach(new Target.RatioAtMost(MOST_MANY))
          .noted("median of " + ROUNDS + " in turns");
    }

    private long ours(Set<String> names) throws Exception {
      try (var running = Running.watch(cluster)) {
        long begin = System.nanoTime();
        sideBySide(
            names,
            MANY,
            name -> cluster.send("POST", SampleObjects.PODS, SampleObjects.pod(name, image)));
        running.await(names);
        return System.nanoTime() - begin;
      }
    }

    private long raw(RawPods raw, Set<String> names) throws Exception {
      long begin = System.nanoTime();
      sideBySide(names, RAW_AT_ONCE, raw::run);
      return System.nanoTime() - begin;
    }

    /** Until the engine has nothing left of either. */
    private void clear(RawPods raw) throws IOException, InterruptedException {
      raw.close();
      cluster.clear(SampleObjects.PODS);
      while (!engine.labelled("io.jkube.cluster=" + cluster.name()).isEmpty()) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private interface Work {
    void on(String name) throws IOException;
  }

  private static void sideBySide(Set<String> names, int places, Work work)
      throws InterruptedException, IOException {
    var limit = new Semaphore(places);
    var tasks = new ArrayList<Callable<Void>>();
    for (var name : names) {
      tasks.add(
          () -> {
            limit.acquire();
            try {
              work.on(name);
            } finally {
              limit.release();
            }
            return null;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    }
  }
}
