package io.jkube.registry.cel;

/** An expression that cannot be read, or whose evaluation fails; the message is for people. */
public final class CelProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What went wrong. */
  public enum Kind {
    /** The expression is not one, or of another type. */
    COMPILATION,
    /** The values do not fit it. */
    EVALUATION,
    /** It took more than one expression may. */
    CALL_COST,
    /** All expressions together took more than they may. */
    BUDGET
  }

  private final Kind kind;

  CelProblem(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
