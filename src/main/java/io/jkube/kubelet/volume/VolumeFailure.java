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

  /** The same, of the volume of that name. */
  VolumeFailure of(String volume) {
    return new VolumeFailure(
        "MountVolume.SetUp failed for volume \"" + volume + "\" : " + getMessage(), this);
  }
}
