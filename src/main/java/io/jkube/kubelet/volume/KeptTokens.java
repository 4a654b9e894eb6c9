package io.jkube.kubelet.volume;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks for a token when there is none, and for another when four fifths of the last one's life (or
 * a day) are over, so that who reads the file now and then never holds one that has expired. A
 * token that cannot be renewed is kept for as long as it is good. Thread-safe.
 */
public final class KeptTokens implements TokenSource {
  private static final double RENEW_AT = 0.8;
  private static final Duration LONGEST = Duration.ofHours(24);

  private record Kept(Token token, Instant renew) {}

  private final TokenSource source;
  private final InstantSource clock;
  private final Map<Request, Kept> byRequest = new ConcurrentHashMap<>();

  public KeptTokens(TokenSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Optional<Token> token(Request request) {
    var now = clock.instant();
    var kept = byRequest.get(request);
    if (kept != null && now.isBefore(kept.renew())) {
      return Optional.of(kept.token());
    }
    try {
      var fresh = source.token(request);
      forgetExpired(now);
      fresh.ifPresent(token -> byRequest.put(request, new Kept(token, renewal(now, token))));
      return fresh;
    } catch (VolumeFailure refused) {
      if (kept != null && now.isBefore(kept.token().expires())) {
        return Optional.of(kept.token());
      }
      throw refused;
    }
  }

  private static Instant renewal(Instant now, Token token) {
    var part =
        Duration.ofSeconds((long) (Duration.between(now, token.expires()).toSeconds() * RENEW_AT));
    return now.plus(part.compareTo(LONGEST) < 0 ? part : LONGEST);
  }

  private void forgetExpired(Instant now) {
    byRequest.values().removeIf(kept -> !now.isBefore(kept.token().expires()));
  }
}
