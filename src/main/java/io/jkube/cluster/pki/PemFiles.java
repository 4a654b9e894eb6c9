package io.jkube.cluster.pki;

import io.jkube.api.x509.Pem;
import io.jkube.cluster.folder.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Identities as pairs of PEM files ({@code name.crt}, {@code name.key}) in one folder. */
final class PemFiles {
  private final Path folder;

  PemFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * What is stored under this name. Empty when there is nothing, or when a crash between the two
   * files left what does not belong together: it is made anew then.
   */
  Optional<Identity> read(String name) throws IOException {
    try {
      var certificate = certificate(Files.readAllBytes(folder.resolve(name + ".crt")));
      var key = decode(Files.readString(folder.resolve(name + ".key")));
      return Optional.of(
          new Identity(
              certificate,
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key))));
    } catch (NoSuchFileException | GeneralSecurityException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  /** The keys stored under this name, or empty when there are none or they do not fit. */
  Optional<KeyPair> readKeys(String name) throws IOException {
    try {
      var factory = KeyFactory.getInstance("RSA");
      var key =
          factory.generatePrivate(
              new PKCS8EncodedKeySpec(decode(Files.readString(folder.resolve(name + ".key")))));
      if (!(key instanceof RSAPrivateCrtKey whole)) {
        return Optional.empty();
      }
      var open = new RSAPublicKeySpec(whole.getModulus(), whole.getPublicExponent());
      return Optional.of(new KeyPair(factory.generatePublic(open), whole));
    } catch (NoSuchFileException | GeneralSecurityException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  /** The public half is for others to look at; the private one holds it too. */
  void writeKeys(String name, KeyPair keys) throws IOException {
    PrivateFiles.write(
        folder.resolve(name + ".key"), Pem.encode("PRIVATE KEY", keys.getPrivate().getEncoded()));
    PrivateFiles.write(
        folder.resolve(name + ".pub"), Pem.encode("PUBLIC KEY", keys.getPublic().getEncoded()));
  }

  void write(String name, Identity identity) throws IOException {
    PrivateFiles.write(
        folder.resolve(name + ".key"), Pem.encode("PRIVATE KEY", identity.key().getEncoded()));
    PrivateFiles.write(folder.resolve(name + ".crt"), Pem.encode(identity.certificate()));
  }

  private static X509Certificate certificate(byte[] pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  private static byte[] decode(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
