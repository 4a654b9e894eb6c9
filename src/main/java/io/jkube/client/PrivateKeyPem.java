package io.jkube.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Reads a private key out of PEM text. The key itself never stands in an error. */
final class PrivateKeyPem {
  /** version 0, algorithm rsaEncryption: what PKCS#8 puts before a PKCS#1 key (RFC 5208). */
  private static final byte[] RSA_HEADER =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private PrivateKeyPem() {}

  static PrivateKey read(byte[] pem) throws GeneralSecurityException {
    var text = new String(pem, StandardCharsets.US_ASCII);
    if (text.contains("-----BEGIN RSA PRIVATE KEY-----")) {
      return rsa(pkcs8(body(text, "RSA PRIVATE KEY")));
    }
    var der = body(text, "PRIVATE KEY");
    try {
      return rsa(der);
    } catch (InvalidKeySpecException notRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
  }

  private static PrivateKey rsa(byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static byte[] body(String text, String label) throws GeneralSecurityException {
    int begin = text.indexOf("-----BEGIN " + label + "-----");
    int end = text.indexOf("-----END " + label + "-----");
    if (begin < 0 || end < begin) {
      throw new InvalidKeySpecException("no PEM block " + label);
    }
    return Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n', begin), end).strip());
  }

  private static byte[] pkcs8(byte[] pkcs1) {
    return sequence(0x30, join(RSA_HEADER, sequence(0x04, pkcs1)));
  }

  private static byte[] sequence(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
