package io.jkube.apiserver.authn.jwt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Objects;

/** A pair of RSA keys that signs tokens. Says nothing of the secret when printed. */
public record SigningKey(RSAPublicKey publicKey, PrivateKey privateKey, String id) {
  public SigningKey {
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(privateKey, "privateKey");
    Objects.requireNonNull(id, "id");
  }

  /** Named, as upstream does it, by the digest of its public half. */
  public static SigningKey of(RSAPublicKey publicKey, PrivateKey privateKey) {
    return new SigningKey(publicKey, privateKey, digest(publicKey.getEncoded()));
  }

  /** The public half as a JSON Web Key (RFC 7517). */
  public ObjectNode jwk() {
    return Json.object()
        .put("use", "sig")
        .put("kty", "RSA")
        .put("kid", id)
        .put("alg", Jws.ALGORITHM)
        .put("n", unsigned(publicKey.getModulus()))
        .put("e", unsigned(publicKey.getPublicExponent()));
  }

  private static String digest(byte[] bytes) {
    try {
      return encoded(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static String unsigned(BigInteger number) {
    var bytes = number.toByteArray();
    int start = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    return encoded(java.util.Arrays.copyOfRange(bytes, start, bytes.length));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "signing key " + id;
  }
}
