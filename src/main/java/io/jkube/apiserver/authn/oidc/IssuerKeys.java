package io.jkube.apiserver.authn.oidc;

import io.jkube.apiserver.authn.jwt.JsonWebKeys;
import io.jkube.apiserver.authn.jwt.Jws;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys, as they were last fetched. Thread-safe: one thread fetches while others wait
 * for it.
 */
final class IssuerKeys {
  /** Tokens with keys nobody has must not make a server ask for each of them. */
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  private final JwtIssuer issuer;
  private final IssuerConnection connection;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile JsonWebKeys keys = new JsonWebKeys(List.of());
  private Instant lastFetch = Instant.MIN;

  IssuerKeys(JwtIssuer issuer, InstantSource clock) {
    this.issuer = issuer;
    this.connection = new IssuerConnection(issuer);
    this.clock = clock;
  }

  /** Whether one of them has signed it; asks the issuer when none has, as it may have new ones. */
  boolean haveSigned(Jws token) {
    var known = keys;
    return known.haveSigned(token) || fetched(known).haveSigned(token);
  }

  private JsonWebKeys fetched(JsonWebKeys known) {
    fetching.lock();
    try {
      if (keys == known && !clock.instant().isBefore(lastFetchPlusPause())) {
        lastFetch = clock.instant();
        keys = connection.keys();
      }
    } catch (IOException unreachable) {
      LOG.warn("the keys of {} cannot be fetched: {}", issuer.url(), unreachable.toString());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      fetching.unlock();
    }
    return keys;
  }

  private Instant lastFetchPlusPause() {
    return lastFetch.equals(Instant.MIN) ? Instant.MIN : lastFetch.plus(BETWEEN_FETCHES);
  }
}
