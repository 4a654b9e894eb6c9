package io.jkube.apiserver.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.apiserver.fairness.Borrowing.Claim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seats go where they are needed, and come back. */
final class BorrowingTest {
  private static final Duration A_WHILE = Duration.ofSeconds(10);
  private static final PriorityLevel.Shape QUEUES = new PriorityLevel.Shape("", false, 8, 2, 50);
  private static final PriorityLevel.Shape EXEMPT = new PriorityLevel.Shape("", true, 0, 0, 0);

  private final ManualTime time = new ManualTime();
  private final FlowTally tally = new FlowTally("schema", "level");

  private PriorityLevel level(PriorityLevel.Shape shape, int nominal, int lower, int upper) {
    return new PriorityLevel("level", shape, new Limits(nominal, lower, upper, 0), time);
  }

  private void busy(PriorityLevel level, int seats) throws InterruptedException {
    level.take(Work.of(seats), tally, () -> 0, Duration.ZERO);
  }

  private double settle(PriorityLevel... levels) {
    time.pass(A_WHILE);
    return Borrowing.settle(List.of(levels), time.nanos());
  }

  @Test
  void whoNeedsNothingLendsToWhomNeedsMuch() throws Exception {
    var idle = level(QUEUES, 100, 10, 200);
    var busy = level(QUEUES, 100, 10, 200);
    busy(busy, 100);
    settle(idle, busy);
    assertTrue(busy.standing().limit() > 150, "borrowed: " + busy.standing());
    assertTrue(idle.standing().limit() >= 10, "lent: " + idle.standing());
    assertEquals(200, busy.standing().limit() + idle.standing().limit());
  }

  @Test
  void nobodyLendsMoreThanIsLendableOrBorrowsMoreThanIsAllowed() throws Exception {
    var idle = level(QUEUES, 100, 80, 200);
    var busy = level(QUEUES, 100, 10, 110);
    busy(busy, 100);
    settle(idle, busy);
    assertEquals(110, busy.standing().limit());
    assertEquals(90, idle.standing().limit());
    var keeps = level(QUEUES, 100, 95, 200);
    settle(keeps, level(QUEUES, 100, 95, 200), busy);
    assertTrue(keeps.standing().limit() >= 95);
  }

  @Test
  void whoNeedsTheirOwnSeatsAgainHasThemAfterTheNextAdjustment() throws Exception {
    var lender = level(QUEUES, 100, 10, 200);
    var borrower = level(QUEUES, 100, 10, 200);
    busy(borrower, 100);
    settle(lender, borrower);
    busy(borrower, borrower.standing().limit() - 100);
    settle(lender, borrower);
    busy(lender, lender.standing().limit());
    settle(lender, borrower);
    busy(lender, 100 - lender.taken());
    settle(lender, borrower);
    busy(lender, 100 - lender.taken());
    settle(lender, borrower);
    assertEquals(100, lender.standing().limit());
  }

  @Test
  void exemptRequestsComeFirstAndTheLeastOfTheOthersIsTheirs() throws Exception {
    var exempt = level(EXEMPT, 0, 0, 200);
    var limited = level(QUEUES, 100, 40, 200);
    busy(exempt, 30);
    settle(exempt, limited);
    assertEquals(30, exempt.standing().limit());
    assertEquals(70, limited.standing().limit());
    busy(exempt, 500);
    assertEquals(0, settle(exempt, limited));
    assertEquals(40, limited.standing().limit());
  }

  @Test
  void wherePeopleNeedMoreThanIsThereEachGetsPartOfWhatTheyCouldLend() throws Exception {
    var exempt = level(EXEMPT, 0, 0, 200);
    var one = level(QUEUES, 100, 50, 200);
    var other = level(QUEUES, 100, 100, 200);
    busy(one, 100);
    busy(other, 100);
    busy(exempt, 25);
    settle(exempt, one, other);
    assertEquals(75, one.standing().limit());
    assertEquals(100, other.standing().limit());
  }

  @Test
  void seatsAreInProportionToNeedBetweenTheBounds() {
    var claims = List.of(new Claim(0, 100, 10), new Claim(0, 100, 30), new Claim(50, 100, 50));
    double fraction = Borrowing.fraction(90, claims);
    assertEquals(1, fraction, 1e-6);
    assertEquals(2, Borrowing.fraction(180, claims), 1e-6);
    assertEquals(100.0 / 30, Borrowing.fraction(234, claims), 0.1);
    assertEquals(0.5, Borrowing.fraction(70, claims), 1e-6);
  }
}
