package io.jkube.registry.cel;

/** How much work expressions may still be. One request's, one thread's. */
public final class CelBudget {
  /** Upstream's limit for all expressions over one object. */
  public static final long PER_OBJECT_STEPS = 10_000_000;

  /** Upstream's limit for one expression. */
  public static final long PER_CALL_STEPS = 1_000_000;

  /** Upstream's limit for the match conditions of one webhook or policy. */
  public static final long MATCH_CONDITIONS_STEPS = 2_500_000;

  private final long perCall;
  private long left;
  private long callLeft;

  public CelBudget(long total, long perCall) {
    this.left = total;
    this.perCall = perCall;
  }

  /** With upstream's limits. */
  public static CelBudget usual() {
    return new CelBudget(PER_OBJECT_STEPS, PER_CALL_STEPS);
  }

  /** For match conditions. */
  public static CelBudget ofConditions() {
    return new CelBudget(MATCH_CONDITIONS_STEPS, PER_CALL_STEPS);
  }

  /**
   * @return what is left to the expression that waits for this one, for {@link #resume}
   */
  long begin() {
    long waiting = callLeft;
    callLeft = perCall;
    return waiting;
  }

  void resume(long waiting) {
    callLeft = waiting;
  }

  /**
   * @throws CelProblem when it is spent
   */
  void spend(long steps) {
    callLeft -= steps;
    left -= steps;
    if (left < 0) {
      throw new CelProblem(
          CelProblem.Kind.BUDGET,
          "validation failed due to running out of cost budget, no further validation rules will"
              + " be run");
    }
    if (callLeft < 0) {
      throw new CelProblem(
          CelProblem.Kind.CALL_COST, "operation cancelled: actual cost limit exceeded");
    }
  }

  /** Whether nothing more can be evaluated. */
  public boolean isSpent() {
    return left < 0;
  }
}
