package io.jkube.cluster.kubeconfig;

/** The kubeconfig was left as it was; the message says which file, why, and what would help. */
public final class KubeconfigException extends Exception {
  private static final long serialVersionUID = 1;

  KubeconfigException(String message) {
    super(message);
  }

  KubeconfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
