package io.jkube.apiserver.authn.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.authn.jwt.Jws;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.registry.cel.CelProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Believes tokens that configured issuers have signed, and makes users of their claims. */
public final class OidcTokens implements TokenAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);

  /** Clocks of issuers may be ahead. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private record Known(JwtIssuer issuer, IssuerKeys keys) {}

  private final Map<String, Known> issuers;
  private final InstantSource clock;

  public OidcTokens(List<JwtIssuer> issuers, InstantSource clock) {
    this.clock = clock;
    this.issuers =
        issuers.stream()
            .collect(
                Collectors.toMap(
                    JwtIssuer::url, issuer -> new Known(issuer, new IssuerKeys(issuer, clock))));
  }

  @Override
  public Optional<TokenAuthenticator.Known> authenticate(String token, List<String> audiences) {
    var meant = audiences.stream().filter(ApiAudience.AUDIENCES::contains).toList();
    if (meant.isEmpty() || issuers.isEmpty()) {
      return Optional.empty();
    }
    return Jws.parse(token)
        .flatMap(this::user)
        .map(user -> new TokenAuthenticator.Known(user, meant));
  }

  private Optional<UserInfo> user(Jws token) {
    var known = issuers.get(token.claims().path("iss").asText());
    if (known == null
        || !isTimely(token.claims())
        || !isMeant(token.claims(), known.issuer().audiences())
        || !known.issuer().algorithms().contains(token.algorithm())
        || !known.keys().haveSigned(token)) {
      return Optional.empty();
    }
    try {
      return Optional.of(known.issuer().claims().user(token.claims()));
    } catch (ClaimRefusal | CelProblem refused) {
      LOG.info("a token of {} is refused: {}", known.issuer().url(), refused.getMessage());
      return Optional.empty();
    }
  }

  private boolean isTimely(ObjectNode claims) {
    var now = clock.instant();
    var expiry = claims.path("exp");
    var begin = claims.path("nbf");
    return expiry.isNumber()
        && now.isBefore(Instant.ofEpochSecond(expiry.asLong()))
        && (!begin.isNumber()
            || !now.isBefore(Instant.ofEpochSecond(begin.asLong()).minus(LEEWAY)));
  }

  private static boolean isMeant(ObjectNode claims, List<String> audiences) {
    var told = claims.path("aud");
    if (told.isTextual()) {
      return audiences.contains(told.asText());
    }
    for (var each : told) {
      if (audiences.contains(each.asText())) {
        return true;
      }
    }
    return false;
  }
}
