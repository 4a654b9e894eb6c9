package io.jkube.apiserver.authn.jwt;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The signatures of RFC 7518 that need no shared secret. */
public enum JwsAlgorithm {
  RS256("SHA256withRSA", 0),
  RS384("SHA384withRSA", 0),
  RS512("SHA512withRSA", 0),
  PS256("SHA-256", 0),
  PS384("SHA-384", 0),
  PS512("SHA-512", 0),
  ES256("SHA256withECDSAinP1363Format", 256),
  ES384("SHA384withECDSAinP1363Format", 384),
  ES512("SHA512withECDSAinP1363Format", 521);

  private static final int LEAST_RSA_BITS = 2048;

  private final String name;
  private final int curveBits;

  /**
   * @param name of the JDK's signature; of its digest for PS
   * @param curveBits of the one curve it goes with
   */
  JwsAlgorithm(String name, int curveBits) {
    this.name = name;
    this.curveBits = curveBits;
  }

  public static Optional<JwsAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
  }

  /** Whether a key is of the kind, and the strength, that this algorithm goes with. */
  boolean fits(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> curveBits == 0 && rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
      case ECPublicKey curve -> curve.getParams().getOrder().bitLength() == curveBits;
      case PublicKey other -> false;
    };
  }

  Signature verifier() throws GeneralSecurityException {
    if (!name().startsWith("PS")) {
      return Signature.getInstance(name);
    }
    var signature = Signature.getInstance("RSASSA-PSS");
    int saltBytes = Integer.parseInt(name().substring(2)) / Byte.SIZE;
    signature.setParameter(
        new PSSParameterSpec(
            name,
            "MGF1",
            new MGF1ParameterSpec(name),
            saltBytes,
            PSSParameterSpec.TRAILER_FIELD_BC));
    return signature;
  }
}
