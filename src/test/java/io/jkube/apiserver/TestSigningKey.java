package io.jkube.apiserver;

import io.jkube.apiserver.authn.jwt.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;

/** Keys for tokens: one for all tests, as finding one takes long, and others that nobody trusts. */
final class TestSigningKey {
  static final SigningKey KEY = make();

  private TestSigningKey() {}

  static SigningKey make() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var pair = generator.generateKeyPair();
      return SigningKey.of((RSAPublicKey) pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
