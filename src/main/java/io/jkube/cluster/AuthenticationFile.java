package io.jkube.cluster;

import io.jkube.api.ApiException;
import io.jkube.apiserver.authn.AnonymousAccess;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.authn.oidc.AuthenticationConfiguration;
import io.jkube.apiserver.authn.oidc.OidcTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of {@code --authentication-config}, as it now reads. A change holds within seconds; one
 * that is wrong is logged, and what was before goes on. Owns the thread that looks.
 */
final class AuthenticationFile implements TokenAuthenticator, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFile.class);
  private static final long LOOK_EVERY_MILLIS = 1000;

  private record Read(String text, AnonymousAccess anonymous, OidcTokens tokens) {}

  private final Path file;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Read read;

  private AuthenticationFile(Path file, InstantSource clock, String text) {
    this.file = file;
    this.clock = clock;
    this.read = parsed(text);
  }

  /**
   * @param text what the file says at first
   * @throws IllegalArgumentException it is wrong
   */
  static AuthenticationFile of(Path file, InstantSource clock, String text) {
    var made = new AuthenticationFile(file, clock, text);
    Thread.ofVirtual().name("authentication-config").start(made::follow);
    return made;
  }

  private Read parsed(String text) {
    var configuration = AuthenticationConfiguration.parse(text);
    return new Read(
        text, configuration.anonymous(), new OidcTokens(configuration.issuers(), clock));
  }

  AnonymousAccess anonymous() {
    return read.anonymous();
  }

  @Override
  public Optional<Known> authenticate(String token, List<String> audiences) {
    return read.tokens().authenticate(token, audiences);
  }

  private void follow() {
    var last = read.text();
    try {
      while (!closed.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        last = look(last);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads it again; a text that is wrong is complained of once. */
  private String look(String last) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException gone) {
      return last; // perhaps it is being replaced
    }
    if (!text.equals(last)) {
      take(text);
    }
    return text;
  }

  private void take(String text) {
    try {
      read = parsed(text);
      LOG.info("{} has changed and holds now", file);
    } catch (IllegalArgumentException | ApiException wrong) {
      LOG.warn("{} has changed but is wrong, what was before holds: {}", file, wrong.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
