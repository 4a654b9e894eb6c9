package io.jkube.apiserver.authn;

import io.jkube.apiserver.request.UserInfo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Knows bearer tokens. Thread-safe. */
@FunctionalInterface
public interface TokenAuthenticator {
  /** Knows none. */
  TokenAuthenticator NONE = (token, audiences) -> Optional.empty();

  /**
   * Whose token it is; empty when this authenticator does not know it, or when it is not meant for
   * any of the audiences.
   *
   * @param audiences to whom the token was shown, by any of their names; not empty
   */
  Optional<Known> authenticate(String token, List<String> audiences);

  /**
   * What a token stands for.
   *
   * @param audiences those of the asked ones that it is meant for
   */
  record Known(UserInfo user, List<String> audiences) {
    public Known {
      Objects.requireNonNull(user, "user");
      audiences = List.copyOf(audiences);
    }
  }

  /** Asks one after the other; the first that knows the token has the word. */
  static TokenAuthenticator firstOf(List<TokenAuthenticator> all) {
    var list = List.copyOf(all);
    return (token, audiences) -> {
      for (var each : list) {
        var known = each.authenticate(token, audiences);
        if (known.isPresent()) {
          return known;
        }
      }
      return Optional.empty();
    };
  }
}
