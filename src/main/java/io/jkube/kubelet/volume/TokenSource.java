package io.jkube.kubelet.volume;

import java.util.Optional;

/** Where service account tokens come from. */
@FunctionalInterface
public interface TokenSource {
  /**
   * A token bound to the pod.
   *
   * @param audience empty for the API server's own
   * @return empty when the server issues no tokens
   * @throws VolumeFailure when it refuses this one
   */
  Optional<String> token(
      String namespace,
      String serviceAccount,
      String podName,
      String podUid,
      String audience,
      long expirationSeconds);
}
