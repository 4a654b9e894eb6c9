package io.jkube.kubelet.volume;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Where service account tokens come from. */
@FunctionalInterface
public interface TokenSource {
  /**
   * A token bound to the pod.
   *
   * @return empty when the server issues no tokens
   * @throws VolumeFailure when it refuses this one
   */
  Optional<Token> token(Request request);

  /**
   * What a token is to say.
   *
   * @param audience empty for the API server's own
   */
  record Request(
      String namespace,
      String serviceAccount,
      String podName,
      String podUid,
      String audience,
      long expirationSeconds) {
    public Request {
      Objects.requireNonNull(namespace, "namespace");
      Objects.requireNonNull(serviceAccount, "serviceAccount");
      Objects.requireNonNull(podName, "podName");
      Objects.requireNonNull(podUid, "podUid");
      Objects.requireNonNull(audience, "audience");
    }
  }

  /** A token and the end of its life. Says nothing of the secret when printed. */
  record Token(String value, Instant expires) {
    public Token {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(expires, "expires");
    }

    @Override
    public String toString() {
      return "token until " + expires;
    }
  }
}
