package io.jkube.apiserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed keys of a server and a client who trust each other, made with the JDK's keytool. */
final class TestKeys {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;

  TestKeys(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    generate("server", "CN=kube-apiserver", "-ext", "san=ip:127.0.0.1,dns:hook.default.svc");
    generate("client", "CN=alice, O=dev, O=ops");
  }

  SSLContext server() throws IOException, GeneralSecurityException {
    return context("server", "client");
  }

  SSLContext client() throws IOException, GeneralSecurityException {
    return context("client", "server");
  }

  /** Trusts the server but shows no certificate. */
  SSLContext nobody() throws IOException, GeneralSecurityException {
    return context(null, "server");
  }

  /** To show the certificate of that name. */
  KeyManager[] keyManagers(String name) throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(name), PASSWORD);
    return keys.getKeyManagers();
  }

  /** The certificate of that name as a {@code caBundle} has it: PEM, in base64 once more. */
  String bundle(String name) throws IOException, GeneralSecurityException {
    var pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate(name).getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
    return (X509Certificate) load(name).getCertificate(name);
  }

  private void generate(String name, String subject, String... more)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-alias", name));
    command.addAll(List.of("-dname", subject, "-validity", "2", "-storepass", "changeit"));
    command.addAll(List.of("-keystore", file(name).toString(), "-storetype", "PKCS12"));
    command.addAll(List.of(more));
    var process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".p12");
  }

  private KeyStore load(String name) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file(name))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private SSLContext context(String own, String trusted)
      throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own == null ? null : load(own), PASSWORD);
    var trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(trusted, load(trusted).getCertificate(trusted));
    var trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusts.init(trust);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
    return context;
  }
}
