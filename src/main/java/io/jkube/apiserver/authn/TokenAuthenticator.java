package io.jkube.apiserver.authn;

import io.jkube.apiserver.request.UserInfo;
import java.util.Optional;

/** Knows bearer tokens. Thread-safe. */
@FunctionalInterface
public interface TokenAuthenticator {
  /** Knows none. */
  TokenAuthenticator NONE = token -> Optional.empty();

  /** Whose token it is; empty when this authenticator does not know it. */
  Optional<UserInfo> authenticate(String token);
}
