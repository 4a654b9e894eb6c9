package io.jkube.kubelet.stats;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
import io.jkube.kubelet.runtime.ContainerRuntime.Usage;
import io.jkube.kubelet.stats.Reading.ContainerUse;
import io.jkube.kubelet.stats.Reading.PodUse;
import io.jkube.kubelet.stats.Reading.Use;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * What a node's containers use: asks the engine when asked itself. Of two who ask shortly after
 * each other the second gets what the first got. Guarded by itself; held while the engine is asked.
 */
final class Figures {
  /** So long a reading is handed out again. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** Over a longer time nobody wants to know what was used. */
  static final Duration LONGEST_WINDOW = Duration.ofMinutes(2);

  /** What a first reading takes. */
  static final Duration FIRST_WINDOW = Duration.ofSeconds(1);

  /** Of the engine. */
  private static final int QUESTIONS_AT_ONCE = 8;

  private final ContainerRuntime runtime;
  private final InstantSource clock;
  private final Pause pause;
  private EngineInfo engine;
  private Sampling last = Sampling.NONE;
  private Reading reading;

  /** Lets time go by. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  Figures(ContainerRuntime runtime, InstantSource clock, Pause pause) {
    this.runtime = runtime;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * @throws io.jkube.kubelet.runtime.RuntimeFailure when the engine does not answer
   */
  synchronized Reading read() throws InterruptedException {
    var now = clock.instant();
    // A time to come: the clock was set back.
    if (reading != null && reading.time().isAfter(now)) {
      last = Sampling.NONE;
      reading = null;
    }
    if (reading != null && now.isBefore(reading.time().plus(FRESH))) {
      return reading;
    }
    if (last == Sampling.NONE || last.time().plus(LONGEST_WINDOW).isBefore(now)) {
      last = sample();
      pause.of(FIRST_WINDOW);
    }
    var next = sample();
    reading = compare(last, next);
    last = next;
    return reading;
  }

  private Sampling sample() throws InterruptedException {
    if (engine == null) {
      engine = runtime.info();
    }
    var now = clock.instant();
    var places = new Semaphore(QUESTIONS_AT_ONCE);
    var questions = new ArrayList<Callable<Optional<Sample>>>();
    for (var container : runtime.containers()) {
      if (container.state() == State.RUNNING) {
        questions.add(() -> sample(container, places));
      }
    }
    var byId = new LinkedHashMap<String, Sample>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : executor.invokeAll(questions)) {
        answer.get().ifPresent(sample -> byId.put(sample.container().id(), sample));
      }
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failure.getCause());
    }
    return new Sampling(now, byId, Machine.usage(engine, now));
  }

  private Optional<Sample> sample(ContainerSummary container, Semaphore places)
      throws InterruptedException {
    places.acquire();
    try {
      return runtime.usage(container.id()).map(usage -> new Sample(container, usage));
    } finally {
      places.release();
    }
  }

  private static Reading compare(Sampling before, Sampling after) {
    var pods = new LinkedHashMap<ContainerRuntime.PodRef, List<ContainerUse>>();
    for (var sample : after.byId().values()) {
      var container = sample.container();
      pods.computeIfAbsent(container.pod(), any -> new ArrayList<>())
          .add(
              new ContainerUse(
                  container.name(), container.createdAt(), use(before.byId(), sample)));
    }
    var found = new ArrayList<PodUse>();
    pods.forEach((pod, containers) -> found.add(new PodUse(pod, List.copyOf(containers))));
    var node =
        after.machine() == null || before.machine() == null
            ? found.stream()
                .map(pod -> pod.use(after.time()))
                .reduce(new Use(after.time(), 0, 0, 0), Use::plus)
            : use(before.machine(), after.machine());
    return new Reading(
        after.time(), Duration.between(before.time(), after.time()), node, List.copyOf(found));
  }

  /** One that was not there before used nothing until it began. */
  private static Use use(Map<String, Sample> before, Sample now) {
    var earlier = before.get(now.container().id());
    var base = earlier == null ? new Usage(now.container().createdAt(), 0, 0, 0) : earlier.usage();
    return use(base, now.usage());
  }

  private static Use use(Usage before, Usage now) {
    long nanos = Duration.between(before.time(), now.time()).toNanos();
    long used = Math.max(0, now.cpuNanos() - before.cpuNanos());
    long rate = nanos <= 0 ? 0 : Math.round((double) used / nanos * 1_000_000_000L);
    return new Use(now.time(), rate, now.cpuNanos(), now.memoryBytes());
  }
}
