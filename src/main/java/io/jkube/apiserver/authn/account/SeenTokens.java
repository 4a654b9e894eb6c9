package io.jkube.apiserver.authn.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Claims whose signature was found good: checking one costs more than all the rest of a small
 * request. By the token's digest, so that the tokens themselves do not stay in memory. Thread-safe.
 */
final class SeenTokens {
  /** Above it everything is forgotten and checked anew. */
  private static final int MAX_TOKENS = 10_000;

  private final Map<String, ObjectNode> claims = new ConcurrentHashMap<>();

  Optional<ObjectNode> claims(String token, Function<String, Optional<ObjectNode>> check) {
    var digest = digest(token);
    var known = claims.get(digest);
    if (known != null) {
      return Optional.of(known);
    }
    var checked = check.apply(token);
    checked.ifPresent(good -> remember(digest, good));
    return checked;
  }

  private void remember(String digest, ObjectNode good) {
    if (claims.size() >= MAX_TOKENS) {
      claims.clear();
    }
    claims.put(digest, good);
  }

  private static String digest(String token) {
    try {
      var bytes = token.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
