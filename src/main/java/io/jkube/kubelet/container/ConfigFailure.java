package io.jkube.kubelet.container;

/** A container cannot be made as the pod asks for it; worth another try when something changes. */
public final class ConfigFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The waiting reason upstream gives for every such failure. */
  public static final String REASON = "CreateContainerConfigError";

  public ConfigFailure(String message) {
    super(message);
  }
}
