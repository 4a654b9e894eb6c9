package io.jkube.apiserver;

import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.authn.jwt.SigningKey;
import io.jkube.apiserver.authz.Authorizer;
import java.util.Objects;

/**
 * By what the server tells who asks, and decides what they may do.
 *
 * @param tokens that are known beside those of service accounts
 * @param accountKey signs the tokens of service accounts; null on a server that issues none
 */
public record Security(TokenAuthenticator tokens, SigningKey accountKey, Authorizer authorizer) {
  public Security {
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(authorizer, "authorizer");
  }

  /** Whoever is known may do everything: for tests of other things. */
  public static Security open(TokenAuthenticator tokens) {
    return new Security(tokens, null, Authorizer.EVERYTHING_TO_AUTHENTICATED);
  }
}
