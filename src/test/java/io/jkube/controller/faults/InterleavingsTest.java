package io.jkube.controller.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.controller.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails on the way, the cluster comes to the same as in peace. More seeds than these few,
 * or the one that failed, are tried with {@code -Djkube.faults.seeds=7-7}.
 */
@Timeout(120)
final class InterleavingsTest {
  private static final String SEEDS = "0-5";
  private static final Path WANTED = Path.of("src/test/resources/golden/interleavings.txt");
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int KILLS = 3;
  private static final int SHORTEST_LIFE_MILLIS = 20;
  private static final int LONGEST_LIFE_MILLIS = 220;

  static LongStream seeds() {
    var range = System.getProperty("jkube.faults.seeds", SEEDS).split("-");
    return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
  }

  /** Nothing fails with seed 0. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void faultsAndRestartsChangeNothing(long seed) throws Exception {
    var faults = new Faults(seed);
    if (seed == 0) {
      faults.end();
    }
    try (var cluster = new TestCluster();
        var nodes = new FakeNodes(cluster)) {
      var scenario = new Scenario(cluster, seed);
      scenario.prepare();
      nodes.start();
      var player = new FutureTask<Void>(scenario::play, null);
      Thread.ofVirtual().start(player);
      try (var _ = throughKills(cluster, faults, new Random(~seed))) {
        player.get();
        faults.end();
        var wanted = Files.readString(WANTED).strip();
        assertEquals(wanted, settled(cluster, scenario, wanted), "seed " + seed);
      }
    }
  }

  private static ControllerProcess throughKills(TestCluster cluster, Faults faults, Random random) {
    var process = ControllerProcess.start(cluster, faults);
    for (int i = 0; i < KILLS; i++) {
      int millis = random.nextInt(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
      process.kill();
      process = ControllerProcess.start(cluster, faults);
    }
    return process;
  }

  /** What it has come to when that is as wanted or, at the latest, when it was long enough. */
  private static String settled(TestCluster cluster, Scenario scenario, String wanted) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    var now = Outcome.of(cluster);
    while (!now.equals(wanted) && System.nanoTime() < deadline) {
      scenario.pass(STEP);
      now = Outcome.of(cluster);
    }
    return now;
  }
}
