package io.jkube.kubelet.runtime.docker.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The TLS side of a client: {@code ca.pem} says whom we trust (absent: whom Java trusts), {@code
 * cert.pem} and {@code key.pem} who we are (absent: nobody). Keys: PKCS#8, or PKCS#1 for RSA.
 */
final class TlsIdentity {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]+)-----END");
  private static final char[] NO_PASSWORD = {};

  /** {@code version 0, AlgorithmIdentifier rsaEncryption NULL}: what PKCS#8 puts before PKCS#1. */
  private static final byte[] RSA_PREFIX = {
    2, 1, 0, 48, 13, 6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  private static final int DER_OCTET_STRING = 4;
  private static final int DER_SEQUENCE = 48;

  private TlsIdentity() {}

  static SSLContext read(Path folder) throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(identity(folder), trust(folder.resolve("ca.pem")), null);
    return context;
  }

  private static KeyManager[] identity(Path folder) throws IOException, GeneralSecurityException {
    var certificate = folder.resolve("cert.pem");
    var key = folder.resolve("key.pem");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return null;
    }
    var store = empty();
    store.setKeyEntry("engine", key(key), NO_PASSWORD, certificates(certificate));
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    return managers.getKeyManagers();
  }

  private static TrustManager[] trust(Path authority) throws IOException, GeneralSecurityException {
    if (!Files.exists(authority)) {
      return null;
    }
    var store = empty();
    var certificates = certificates(authority);
    for (int i = 0; i < certificates.length; i++) {
      store.setCertificateEntry("authority-" + i, certificates[i]);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (var input = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(input)
          .toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    var pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new InvalidKeySpecException("key.pem holds no private key in PEM form");
    }
    var der = Base64.getMimeDecoder().decode(pem.group(2));
    return switch (pem.group(1)) {
      case "PRIVATE KEY" -> pkcs8(der);
      case "RSA PRIVATE KEY" ->
          pkcs8(der(DER_SEQUENCE, joined(RSA_PREFIX, der(DER_OCTET_STRING, der))));
      default ->
          throw new InvalidKeySpecException(
              "key.pem is a "
                  + pem.group(1)
                  + ": rewrite it as PKCS#8 with `openssl pkcs8 -topk8 -nocrypt`");
    };
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    var encoded = new PKCS8EncodedKeySpec(der);
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    } catch (InvalidKeySpecException notRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    }
  }

  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    return joined(
        new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length}, content);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var joined = new ByteArrayOutputStream(first.length + second.length);
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
