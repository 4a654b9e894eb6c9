package io.jkube.apiserver.authn;

import io.jkube.apiserver.request.UserInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fixed list of tokens, all meant for this API server. Compares in constant time, so that answers
 * do not tell a prefix.
 */
public final class StaticTokens implements TokenAuthenticator {
  private final Map<String, UserInfo> byToken;

  public StaticTokens(Map<String, UserInfo> byToken) {
    this.byToken = Map.copyOf(byToken);
  }

  @Override
  public Optional<Known> authenticate(String token, List<String> audiences) {
    var meant = audiences.stream().filter(ApiAudience.AUDIENCES::contains).toList();
    if (meant.isEmpty()) {
      return Optional.empty();
    }
    var shown = token.getBytes(StandardCharsets.UTF_8);
    UserInfo found = null;
    for (var entry : byToken.entrySet()) {
      if (MessageDigest.isEqual(shown, entry.getKey().getBytes(StandardCharsets.UTF_8))) {
        found = entry.getValue();
      }
    }
    return Optional.ofNullable(found).map(user -> new Known(user, meant));
  }
}
