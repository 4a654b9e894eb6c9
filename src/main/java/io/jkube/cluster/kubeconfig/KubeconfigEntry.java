package io.jkube.cluster.kubeconfig;

import java.util.Base64;
import java.util.Objects;

/**
 * What a client needs to reach one cluster as its administrator. Never printed: it holds a key.
 *
 * @param name of cluster, user and context
 * @param server such as {@code https://127.0.0.1:6443}
 * @param authorityPem, certificatePem, keyPem as PEM
 */
public record KubeconfigEntry(
    String name, String server, byte[] authorityPem, byte[] certificatePem, byte[] keyPem) {
  public KubeconfigEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(authorityPem, "authorityPem");
    Objects.requireNonNull(certificatePem, "certificatePem");
    Objects.requireNonNull(keyPem, "keyPem");
  }

  /** A whole kubeconfig with this entry alone, as {@code jkube kubeconfig} prints it. */
  public String alone() {
    var document = KubeconfigDocument.empty();
    document.put(this);
    document.setCurrentContext(name);
    return document.text();
  }

  static String base64(byte[] content) {
    return Base64.getEncoder().encodeToString(content);
  }

  @Override
  public String toString() {
    return "kubeconfig entry " + name + " for " + server;
  }
}
