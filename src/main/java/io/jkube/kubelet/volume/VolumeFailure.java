package io.jkube.kubelet.volume;

/** A volume cannot be set up (now); the message says what is missing. */
public final class VolumeFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public VolumeFailure(String message) {
    super(message);
  }

  VolumeFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
