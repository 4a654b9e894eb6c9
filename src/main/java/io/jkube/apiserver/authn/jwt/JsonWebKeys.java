package io.jkube.apiserver.authn.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A set of public keys (RFC 7517). Keys that sign nothing, or that are unknown, are left out. */
public record JsonWebKeys(List<Key> keys) {
  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

  public JsonWebKeys {
    keys = List.copyOf(keys);
  }

  /**
   * @param id empty for none
   */
  public record Key(String id, PublicKey key) {}

  public static JsonWebKeys of(ObjectNode set) {
    var keys = new ArrayList<Key>();
    for (var key : set.path("keys")) {
      if (!key.path("use").asText("sig").equals("sig")) {
        continue;
      }
      try {
        switch (key.path("kty").asText()) {
          case "RSA" -> keys.add(new Key(key.path("kid").asText(), rsa(key)));
          case "EC" -> keys.add(new Key(key.path("kid").asText(), curve(key)));
          default -> {}
        }
      } catch (GeneralSecurityException | IllegalArgumentException unusable) {
        continue; // the others may do
      }
    }
    return new JsonWebKeys(keys);
  }

  /** Whether one of them has signed it; of several, those of the name that the token tells. */
  public boolean haveSigned(Jws token) {
    return keys.stream()
        .filter(key -> token.keyId().isEmpty() || key.id().equals(token.keyId()))
        .anyMatch(key -> token.isSignedBy(key.key()));
  }

  private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
  }

  private static PublicKey curve(JsonNode key) throws GeneralSecurityException {
    var name = CURVES.get(key.path("crv").asText());
    if (name == null) {
      throw new IllegalArgumentException("unknown curve");
    }
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(name));
    var point = new ECPoint(number(key, "x"), number(key, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode key, String field) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(field).asText()));
  }
}
