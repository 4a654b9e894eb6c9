package io.jkube.cluster;

import java.util.Objects;

/** A cluster did not come up; what had been started was stopped again. */
public final class StartupFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** What a caller can do about it. */
  public enum Kind {
    /** No container engine answers. */
    NO_ENGINE,
    /** Another process has the cluster's state open: it runs, or is being started. */
    RUNS_ALREADY,
    /** Not every node was Ready in the time allowed. */
    NOT_READY,
    /** The message says. */
    OTHER
  }

  private final Kind kind;

  public StartupFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  public StartupFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }
}
