package io.jkube.kubelet.runtime;

/**
 * The engine refused or could not be asked. The message is the engine's own, with what was tried
 * before it.
 */
public final class RuntimeFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What a caller can do about it. */
  public enum Kind {
    /**
     * No answer of the engine, or of a pull's registry: try again later, everything else may be as
     * it was.
     */
    UNREACHABLE,
    /** The container, sandbox or image is not there (any more). */
    NOT_FOUND,
    /** The name is taken: by an earlier attempt of ours. */
    CONFLICT,
    /** The engine understood and refuses; the same request will fail again. */
    REFUSED,
    /** A command did not end in its time. */
    TIMED_OUT,
    /** A pull was refused for want of (right) credentials. */
    UNAUTHORIZED,
    /** The waiting thread was interrupted. */
    INTERRUPTED
  }

  private final Kind kind;

  public RuntimeFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
