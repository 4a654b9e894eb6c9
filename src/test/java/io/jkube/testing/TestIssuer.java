package io.jkube.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jkube.api.Json;
import io.jkube.api.x509.AlternativeName;
import io.jkube.api.x509.CertificateContent;
import io.jkube.api.x509.CertificateContent.Purpose;
import io.jkube.api.x509.CertificateContent.Usage;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An issuer of OpenID Connect on this machine, over TLS; signs with ES256. */
public final class TestIssuer implements AutoCloseable {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final char[] NO_PASSWORD = new char[0];

  /** How often its keys were asked for. */
  public final AtomicInteger fetches = new AtomicInteger();

  private final HttpsServer server;
  private KeyPair keys;
  private int generation;

  public TestIssuer() throws IOException, GeneralSecurityException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(exchange, Json.object().put("issuer", url()).put("jwks_uri", url() + "/keys")));
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          answer(exchange, keySet());
        });
    rotate();
    server.start();
  }

  public String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Forgets its key and signs with another. */
  public void rotate() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
    generation++;
  }

  public String sign(ObjectNode claims) throws GeneralSecurityException {
    var header = Json.object().put("alg", "ES256").put("kid", "key-" + generation);
    var text = encoded(Json.bytes(header)) + "." + encoded(Json.bytes(claims));
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + encoded(signature.sign());
  }

  private ObjectNode keySet() {
    var point = ((ECPublicKey) keys.getPublic()).getW();
    var set = Json.object();
    set.putArray("keys")
        .addObject()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("use", "sig")
        .put("kid", "key-" + generation)
        .put("x", coordinate(point.getAffineX()))
        .put("y", coordinate(point.getAffineY()));
    return set;
  }

  private static String coordinate(BigInteger number) {
    var bytes = new byte[32];
    var given = number.toByteArray();
    int length = Math.min(32, given.length);
    System.arraycopy(given, given.length - length, bytes, 32 - length, length);
    return encoded(bytes);
  }

  public static String encoded(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  private static void answer(HttpExchange exchange, ObjectNode body) throws IOException {
    var bytes = Json.bytes(body);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static SSLContext context() throws GeneralSecurityException, IOException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    var certificate =
        TestAuthority.AUTHORITY.sign(
            new CertificateContent(
                CertificateContent.name("", "issuer"),
                pair.getPublic(),
                false,
                Set.of(Usage.DIGITAL_SIGNATURE, Usage.KEY_ENCIPHERMENT),
                Set.of(Purpose.SERVER),
                List.of(AlternativeName.of("127.0.0.1")),
                Instant.parse("2020-01-01T00:00:00Z"),
                Instant.parse("2049-01-01T00:00:00Z")));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("issuer", pair.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
