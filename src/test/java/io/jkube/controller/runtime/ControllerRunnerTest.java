package io.jkube.controller.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker goes on whatever becomes of an object, and ends with its runner. */
@Timeout(30)
final class ControllerRunnerTest {
  private static final ObjectKey BAD = new ObjectKey("team", "bad");
  private static final ObjectKey GOOD = new ObjectKey("team", "good");

  @Test
  void anObjectThatCannotBeWorkedOnIsTriedAgainAndHoldsUpNoOther() throws Exception {
    var seen = new LinkedBlockingQueue<ObjectKey>();
    Reconciler reconciler =
        key -> {
          seen.add(key);
          if (key.equals(BAD)) {
            throw new StackOverflowError("its owners go deep");
          }
          return Result.done();
        };
    try (var runner = new ControllerRunner("test", reconciler, 1, InstantSource.system()).start()) {
      runner.enqueue(BAD);
      assertEquals(BAD, seen.take());
      assertEquals(BAD, seen.take(), "tried again");
      runner.enqueue(GOOD);
      for (var next = seen.take(); !next.equals(GOOD); next = seen.take()) {
        assertEquals(BAD, next);
      }
    }
  }

  @Test
  void whatAWorkerIsAtIsOverWhenTheRunnerIsClosed() throws Exception {
    var begun = new CountDownLatch(1);
    var written = new AtomicBoolean();
    Reconciler reconciler =
        key -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException end) {
            written.set(true); // as a request that is on its way is answered
            throw end;
          }
          return Result.done();
        };
    try (var runner = new ControllerRunner("test", reconciler, 1, InstantSource.system()).start()) {
      runner.enqueue(GOOD);
      begun.await();
    }
    assertTrue(written.get(), "the next would not see it");
  }
}
