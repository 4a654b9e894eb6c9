package io.jkube.api.x509;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** The form in which files and fields hold certificates and keys (RFC 7468). */
public final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /**
   * @param type as {@code CERTIFICATE}
   */
  public static byte[] encode(String type, byte[] content) {
    return ("-----BEGIN "
            + type
            + "-----\n"
            + LINES.encodeToString(content)
            + "\n-----END "
            + type
            + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] encode(X509Certificate certificate) {
    try {
      return encode("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a parsed certificate has an encoding", impossible);
    }
  }
}
