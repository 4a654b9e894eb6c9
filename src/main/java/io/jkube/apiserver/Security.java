package io.jkube.apiserver;

import io.jkube.apiserver.audit.AuditLog;
import io.jkube.apiserver.authn.AnonymousAccess;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.authn.jwt.SigningKey;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * By what the server tells who asks, and decides what they may do.
 *
 * @param tokens that are known beside those of service accounts
 * @param accountKey signs the tokens of service accounts; null on a server that issues none
 * @param audit null on a server that notes nothing
 * @param anonymous where requests without credentials are heard, as of now
 */
public record Security(
    TokenAuthenticator tokens,
    SigningKey accountKey,
    Authorization authorization,
    AuditLog audit,
    Supplier<AnonymousAccess> anonymous) {
  /** Who decides. */
  public enum Authorization {
    /** Whoever is known may do everything. */
    ALWAYS_ALLOW,
    /** The Node authorizer for kubelets, roles and bindings for everyone. */
    NODE_AND_RBAC
  }

  public Security {
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(authorization, "authorization");
    Objects.requireNonNull(anonymous, "anonymous");
  }

  /** Anonymous requests ask for health and version only. */
  public Security(
      TokenAuthenticator tokens,
      SigningKey accountKey,
      Authorization authorization,
      AuditLog audit) {
    this(tokens, accountKey, authorization, audit, () -> AnonymousAccess.HEALTH_AND_VERSION);
  }

  /** Without an audit log. */
  public Security(TokenAuthenticator tokens, SigningKey accountKey, Authorization authorization) {
    this(tokens, accountKey, authorization, null);
  }

  /** Whoever is known may do everything, and no tokens are issued: for tests of other things. */
  public static Security open(TokenAuthenticator tokens) {
    return new Security(tokens, null, Authorization.ALWAYS_ALLOW, null);
  }
}
