package io.jkube.apiserver.authn.oidc;

/** A token's claims do not make a user. Its message tells nothing of their values. */
final class ClaimRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClaimRefusal(String message) {
    super(message, null, false, false);
  }
}
