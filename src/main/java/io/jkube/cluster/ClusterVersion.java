package io.jkube.cluster;

/** The versions that a cluster reports. */
public final class ClusterVersion {
  /** jkube's own; a test holds it to that of the build. */
  public static final String JKUBE = "0.1.0";

  /** The API's level with our version behind it: clients gate features on it. */
  public static final String KUBERNETES = "v1.35.0+jkube." + JKUBE;

  private ClusterVersion() {}
}
