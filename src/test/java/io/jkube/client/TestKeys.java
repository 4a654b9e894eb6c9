package io.jkube.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed key for 127.0.0.1, made by the JDK's keytool; server, client and authority. */
final class TestKeys {
  private static final char[] PASSWORD = "of-a-test".toCharArray();

  /** A PKCS#8 RSA key of 2048 bits is its PKCS#1 form behind this many bytes. */
  private static final int PKCS8_PREFIX_BYTES = 26;

  private final KeyStore store;

  TestKeys(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
    var file = folder.resolve("keys.p12");
    var keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=tester",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString());
    var process = keytool.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
  }

  /** What the server uses; it asks for a client certificate and trusts this one. */
  SSLContext server() throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
    trusted.setCertificateEntry("test", store.getCertificate("test"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  byte[] certificatePem() throws GeneralSecurityException {
    return pem("CERTIFICATE", store.getCertificate("test").getEncoded());
  }

  byte[] pkcs8Pem() throws GeneralSecurityException {
    return pem("PRIVATE KEY", key().getEncoded());
  }

  byte[] pkcs1Pem() throws GeneralSecurityException {
    var pkcs8 = key().getEncoded();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_PREFIX_BYTES, pkcs8.length));
  }

  private Key key() throws GeneralSecurityException {
    return store.getKey("test", PASSWORD);
  }

  private static byte[] pem(String label, byte[] der) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
