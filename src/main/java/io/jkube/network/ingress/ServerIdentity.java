package io.jkube.network.ingress;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * What a host shows to TLS clients. Never printed: no toString of the key.
 *
 * @param chain the host's own certificate first
 */
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
  public ServerIdentity {
    chain = List.copyOf(chain);
    Objects.requireNonNull(key, "key");
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without a certificate");
    }
  }

  @Override
  public String toString() {
    return "identity of " + chain.getFirst().getSubjectX500Principal();
  }
}
