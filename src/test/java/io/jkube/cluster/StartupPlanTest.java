package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cluster.folder.ClusterFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StartupPlanTest {
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  @Test
  void stepsRunBehindWhatTheyNeedAndAreUndoneBackwards() throws Exception {
    var plan = plan(new First(), new Second(), new Third());
    plan.start();
    plan.stop(Duration.ofSeconds(5));
    assertEquals(List.of("+first", "+second", "+third", "-third", "-second", "-first"), log);
  }

  @Test
  void stepsThatDoNotNeedEachOtherRunSideBySide() throws Exception {
    var meeting = new CyclicBarrier(2);
    var left = new Second();
    left.action = () -> meeting.await(5, TimeUnit.SECONDS);
    var right =
        new Third() {
          @Override
          public Set<Class<? extends StartupStep>> needs() {
            return Set.of(First.class);
          }
        };
    right.action = () -> meeting.await(5, TimeUnit.SECONDS);
    plan(new First(), left, right).start();
    assertEquals(3, log.size());
  }

  @Test
  void aFailureEndsThePlanAndOnlyWhatWasDoneIsUndone() {
    var failing = new Second();
    failing.action =
        () -> {
          throw new StartupFailure(StartupFailure.Kind.NO_ENGINE, "none");
        };
    var plan = plan(new First(), failing, new Third());
    var failure = assertThrows(StartupFailure.class, plan::start);
    plan.stop(Duration.ofSeconds(5));

    assertEquals(StartupFailure.Kind.NO_ENGINE, failure.kind());
    assertEquals(List.of("+first", "+second", "-first"), log);
  }

  @Test
  void aFailureInterruptsWhatIsUnderWay() {
    var begun = new CountDownLatch(1);
    var waiting = new Second();
    waiting.action =
        () -> {
          begun.countDown();
          new CountDownLatch(1).await();
        };
    var failing = new Other();
    failing.action =
        () -> {
          begun.await();
          throw new IllegalStateException("broken");
        };
    var failure = assertThrows(StartupFailure.class, plan(new First(), waiting, failing)::start);
    assertTrue(failure.getMessage().contains("broken"), failure.getMessage());
  }

  @Test
  void aStopThatHangsOrFailsDoesNotKeepTheOthers() throws Exception {
    var hanging = new Third();
    hanging.undo = () -> new CountDownLatch(1).await();
    var failing = new Second();
    failing.undo =
        () -> {
          throw new IllegalStateException("broken");
        };
    var plan = plan(new First(), failing, hanging);
    plan.start();
    long begin = System.nanoTime();
    plan.stop(Duration.ofMillis(300));

    assertTrue(System.nanoTime() - begin < Duration.ofSeconds(3).toNanos());
    assertTrue(log.containsAll(List.of("-third", "-second", "-first")), log.toString());
  }

  @Test
  void aStepStandsBehindWhatItNeeds() {
    assertThrows(IllegalArgumentException.class, () -> plan(new Second(), new First()));
  }

  @Test
  void theRealPlanIsInOrder() {
    new StartupPlan(Cluster.PLAN, parts(), StartupListener.SILENT);
  }

  private StartupPlan plan(Step... steps) {
    for (var step : steps) {
      step.log = log;
    }
    return new StartupPlan(List.of(steps), parts(), StartupListener.SILENT);
  }

  private static Parts parts() {
    return new Parts(
        StartSettings.DEFAULT,
        new ClusterFolder("test", Path.of("/nonexistent/test")),
        Map.of(),
        InstantSource.system(),
        StartupListener.SILENT);
  }

  private interface Action {
    void run() throws Exception;
  }

  private static class Step implements StartupStep {
    private final String name;
    List<String> log;
    Action action = () -> {};
    Action undo = () -> {};

    Step(String name) {
      this.name = name;
    }

    @Override
    public String title() {
      return name;
    }

    @Override
    public void start(Parts parts) throws Exception {
      log.add("+" + name);
      action.run();
    }

    @Override
    public void stop(Parts parts) throws Exception {
      log.add("-" + name);
      undo.run();
    }
  }

  private static final class First extends Step {
    First() {
      super("first");
    }
  }

  private static class Second extends Step {
    Second() {
      super("second");
    }

    @Override
    public Set<Class<? extends StartupStep>> needs() {
      return Set.of(First.class);
    }
  }

  private static class Third extends Step {
    Third() {
      super("third");
    }

    @Override
    public Set<Class<? extends StartupStep>> needs() {
      return Set.of(Second.class);
    }
  }

  private static final class Other extends Step {
    Other() {
      super("other");
    }
  }
}
