package io.jkube.apiserver.authn.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.authn.jwt.JsonWebKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks an issuer's server for its keys. */
final class IssuerConnection {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long MAX_ANSWER_BYTES = 1024 * 1024;

  private final JwtIssuer issuer;

  IssuerConnection(JwtIssuer issuer) {
    this.issuer = issuer;
  }

  /**
   * @throws IOException it does not answer, or with something else
   */
  JsonWebKeys keys() throws IOException, InterruptedException {
    try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).sslContext(trust()).build()) {
      var document = get(http, issuer.document());
      if (!document.path("issuer").asText().equals(issuer.url())) {
        throw new IOException(
            "oidc: issuer did not match the issuer returned by provider, expected \"%s\" got \"%s\""
                .formatted(issuer.url(), document.path("issuer").asText()));
      }
      var keys = JsonWebKeys.of(get(http, document.path("jwks_uri").asText()));
      http.shutdownNow();
      return keys;
    } catch (GeneralSecurityException impossible) {
      throw new IOException("trusting the issuer's authority", impossible);
    }
  }

  private static ObjectNode get(HttpClient http, String url)
      throws IOException, InterruptedException {
    if (!url.startsWith("https://")) {
      throw new IOException("not an https URL: " + url);
    }
    try {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
      var body =
          HttpResponse.BodyHandlers.limiting(
              HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
      var answer = http.send(request, body);
      if (answer.statusCode() != 200) {
        throw new IOException(url + " answers " + answer.statusCode());
      }
      return Json.parse(answer.body());
    } catch (ApiException | IllegalArgumentException malformed) {
      throw new IOException(url + ": " + malformed.getMessage(), malformed);
    }
  }

  private SSLContext trust() throws GeneralSecurityException, IOException {
    if (issuer.authority().isEmpty()) {
      return SSLContext.getDefault();
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store(issuer.authority()));
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  /**
   * @throws IllegalArgumentException these are no certificates
   */
  static void checkAuthority(String pem, String at) {
    try {
      if (!pem.isEmpty() && store(pem).size() == 0) {
        throw new IllegalArgumentException(at + ": no certificate in it");
      }
    } catch (GeneralSecurityException | IOException malformed) {
      throw new IllegalArgumentException(at + ": " + malformed.getMessage(), malformed);
    }
  }

  private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    int number = 0;
    for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
      store.setCertificateEntry("authority-" + number++, each);
    }
    return store;
  }
}
