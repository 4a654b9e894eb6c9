package io.jkube.apiserver.request;

import java.security.cert.X509Certificate;

/** What a request brings to say who it comes from. */
public sealed interface Caller {
  /** A component of this process: it is whom it says. */
  record InProcess(UserInfo user) implements Caller {}

  /** A peer on the Unix socket, whose folder only its owner may enter. */
  record SocketOwner() implements Caller {}

  /** Someone who wants to act as somebody else. */
  record Acting(Caller as, Impersonation wanted) implements Caller {}

  /**
   * A peer on the network.
   *
   * @param certificate the client's certificate, verified by TLS against our CA; or null
   * @param bearerToken of the Authorization header; or null
   */
  record Remote(X509Certificate certificate, String bearerToken) implements Caller {
    @Override
    public String toString() {
      return "Remote[" + (certificate == null ? "" : certificate.getSubjectX500Principal()) + "]";
    }
  }
}
