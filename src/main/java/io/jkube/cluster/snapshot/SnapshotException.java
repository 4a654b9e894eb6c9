package io.jkube.cluster.snapshot;

/** A snapshot that cannot be taken, read or made a cluster of; the message is for the person. */
public final class SnapshotException extends Exception {
  private static final long serialVersionUID = 1;

  public SnapshotException(String message) {
    super(message);
  }

  public SnapshotException(String message, Throwable cause) {
    super(message, cause);
  }
}
