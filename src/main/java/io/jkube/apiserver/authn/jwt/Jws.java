package io.jkube.apiserver.authn.jwt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.Optional;

/**
 * A signed token taken apart, its signature not yet checked.
 *
 * @param claims what it says; to be believed only after {@link #isSignedBy}
 */
public record Jws(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {
  /** RSASSA-PKCS1-v1_5 with SHA-256: what this cluster signs with. */
  public static final String ALGORITHM = JwsAlgorithm.RS256.name();

  private static final String JDK_ALGORITHM = "SHA256withRSA";
  private static final int MAX_TOKEN_CHARACTERS = 64 * 1024;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** The claims, signed: {@code header.claims.signature}. */
  public static String sign(ObjectNode claims, SigningKey key) {
    var header = Json.object().put("alg", ALGORITHM).put("kid", key.id());
    var text = encoded(header) + "." + encoded(claims);
    try {
      var signature = Signature.getInstance(JDK_ALGORITHM);
      signature.initSign(key.privateKey());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + ENCODER.encodeToString(signature.sign());
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("the key cannot sign: " + key, unusable);
    }
  }

  /** Takes a token apart; empty when it has not this form or names an unknown algorithm. */
  public static Optional<Jws> parse(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3 || token.length() > MAX_TOKEN_CHARACTERS) {
      return Optional.empty();
    }
    try {
      var header = Json.parse(decoded(parts[0]));
      if (JwsAlgorithm.named(header.path("alg").asText()).isEmpty() || header.has("crit")) {
        return Optional.empty();
      }
      var signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      return Optional.of(new Jws(header, Json.parse(decoded(parts[1])), signed, decoded(parts[2])));
    } catch (IllegalArgumentException | ApiException malformed) {
      return Optional.empty();
    }
  }

  /** The key's name in the header; empty when it names none. */
  public String keyId() {
    return header.path("kid").asText();
  }

  /** As the token names it: to be held against what its verifier expects. */
  public JwsAlgorithm algorithm() {
    return JwsAlgorithm.named(header.path("alg").asText()).orElseThrow();
  }

  /** Whether the holder of this key's private half has signed it, in the way the key is for. */
  public boolean isSignedBy(PublicKey key) {
    return algorithm().fits(key) && isSigned(algorithm(), key);
  }

  private boolean isSigned(JwsAlgorithm algorithm, PublicKey key) {
    try {
      var verifier = algorithm.verifier();
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("the key cannot verify", unusable);
    }
  }

  private static String encoded(ObjectNode part) {
    return ENCODER.encodeToString(Json.bytes(part));
  }

  private static byte[] decoded(String part) {
    if (part.endsWith("=")) {
      throw new IllegalArgumentException("padding has no place in a token");
    }
    return Base64.getUrlDecoder().decode(part);
  }

  @Override
  public String toString() {
    return "token of key " + keyId();
  }
}
