package io.jkube.controller.workload;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a controller may trust its copy of the cluster again. */
final class ExpectationsTest {
  private static final ObjectKey OWNER = new ObjectKey("team", "work");

  private final AtomicLong nanos = new AtomicLong();
  private final Expectations expectations = new Expectations(nanos::get);

  @Test
  void allThatWasDoneHasToBeSeen() {
    assertTrue(expectations.areMet(OWNER));
    expectations.expectCreations(OWNER, 2);
    expectations.expectDeletions(OWNER, List.of("a"));
    expectations.creationSettled(OWNER);
    expectations.deletionSettled(OWNER, "a");
    assertFalse(expectations.areMet(OWNER));
    expectations.creationSettled(OWNER);
    assertTrue(expectations.areMet(OWNER));
  }

  @Test
  void whatIsNeverSeenIsGivenUpInTheEnd() {
    expectations.expectCreations(OWNER, 1);
    nanos.addAndGet(Expectations.LONGEST_WAIT.toNanos());
    assertFalse(expectations.areMet(OWNER));
    nanos.incrementAndGet();
    assertTrue(expectations.areMet(OWNER));
  }
}
