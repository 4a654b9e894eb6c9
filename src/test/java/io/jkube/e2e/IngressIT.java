package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ingresses before real pods, as somebody on this machine reaches them. */
@Timeout(180)
final class IngressIT {
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    var manifest = Files.createTempFile(user.home(), "ingress", ".yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: site}
        data:
          slow: |
            #!/bin/sh
            printf 'Content-Type: text/plain\\r\\n\\r\\nfirst\\n'
            while [ ! -e /tmp/go ]; do sleep 0.1; done
            echo second
          socket: |
            #!/bin/sh
            while read -r line; do [ ${#line} -le 1 ] && break; done
            printf 'HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n\\r\\n'
            exec cat
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          terminationGracePeriodSeconds: 1
          volumes: [{name: site, configMap: {name: site, defaultMode: 0755}}]
          containers:
          - name: web
            image: %1$s
            command:
            - sh
            - -c
            - |
              mkdir -p /w/cgi-bin /w/deep; cp /site/slow /w/cgi-bin/slow
              echo hello > /w/index.html; echo deep > /w/deep/index.html
              nc -ll -p 8081 -e /site/socket & exec httpd -f -p 8080 -h /w
            volumeMounts: [{name: site, mountPath: /site}]
            readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          selector: {app: web}
          ports:
          - {name: http, port: 80, targetPort: 8080}
          - {name: socket, port: 81, targetPort: 8081}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: idle}
        spec: {selector: {app: nobody}, ports: [{port: 80}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web}
        spec:
          tls: [{hosts: [web.localhost]}]
          rules:
          - host: web.localhost
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
              - {path: /socket, pathType: Exact, backend: {service: {name: web, port: {name: socket}}}}
              - {path: /idle, pathType: Prefix, backend: {service: {name: idle, port: {number: 80}}}}
          - host: "*.apps.localhost"
            http:
              paths:
              - {path: /deep, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s").expectSuccess();
    user.await("an address", () -> port(0) > 0);
    user.await("an answer", () -> body("web.localhost", "/").equals("hello\n"));
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  void anIngressIsOfTheDefaultClassAndSaysWhereItIsReached() throws Exception {
    var row = user.kubectl("get", "ingress", "web", "--no-headers").expectSuccess();
    assertTrue(
        row.matches("web +jkube +web.localhost,\\*.apps.localhost +127.0.0.1 +80, 443 .*\n"), row);
    var status = user.jkube("status", "--name", user.cluster()).expectSuccess();
    assertTrue(status.contains("Ingress:  " + address()), status);
    user.await(
        "an event",
        () ->
            user.kubectl("describe", "ingress", "web")
                .expectSuccess()
                .contains("Reached at " + address()));
  }

  @Test
  void hostsAndPathsLeadWhereTheRulesSay() throws Exception {
    assertEquals("hello\n", body("web.localhost", "/index.html"));
    assertEquals("deep\n", body("any.apps.localhost", "/deep/"));
    assertTrue(answer("any.apps.localhost", "/deeper").startsWith("HTTP/1.1 404 "));
    assertTrue(body("nobody.localhost", "/").startsWith("No Ingress has a rule for"));
    var idle = answer("web.localhost", "/idle");
    assertTrue(idle.startsWith("HTTP/1.1 503 "), idle);
    assertTrue(idle.contains("no pod is ready to serve it"), idle);
  }

  @Test
  void bodiesArePassedOnAsTheyCome() throws Exception {
    try (var socket = new Socket("127.0.0.1", port(0))) {
      ask(socket, "GET /cgi-bin/slow HTTP/1.1\r\nHost: web.localhost\r\n\r\n");
      readUntil(socket.getInputStream(), "first");
      user.kubectl("exec", "web", "--", "touch", "/tmp/go").expectSuccess();
      readUntil(socket.getInputStream(), "second");
    }
  }

  @Test
  void aWebSocketIsLedThrough() throws Exception {
    try (var socket = new Socket("127.0.0.1", port(0))) {
      ask(
          socket,
          "GET /socket HTTP/1.1\r\nHost: web.localhost\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\n\r\n");
      var head = readUntil(socket.getInputStream(), "\r\n\r\n");
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      ask(socket, "said back");
      assertEquals("said back", readUntil(socket.getInputStream(), "back"));
    }
  }

  @Test
  void tlsIsOfTheClustersAuthorityUntilASecretSaysOtherwise() throws Exception {
    var trusting =
        trust(Files.readAllBytes(user.jkubeHome().resolve(user.cluster() + "/pki/ca.crt")));
    assertTrue(overTls(trusting, "web.localhost").contains("hello"));

    var crt = Files.write(user.home().resolve("rsa.crt"), resource("rsa.crt"));
    var key = Files.write(user.home().resolve("rsa.key"), resource("rsa.key"));
    user.kubectl("create", "secret", "tls", "own", "--cert=" + crt, "--key=" + key).expectSuccess();
    user.kubectl("create", "ingress", "own", "--rule=rsa.example/*=web:http,tls=own")
        .expectSuccess();
    var own = trust(resource("rsa.crt"));
    user.await("its own certificate", () -> shows(own, "rsa.example"));
    assertTrue(overTls(own, "rsa.example").contains("hello"));
  }

  @Test
  void itServesAtTheSamePortsAfterTheServerWasKilled() throws Exception {
    int before = port(0);
    var process = ProcessHandle.of(pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    user.await("an answer", () -> body("web.localhost", "/").equals("hello\n"));
    assertEquals(before, port(0));
  }

  private static long pid() throws Exception {
    var status = user.jkube("status", "--name", user.cluster(), "-o", "json").expectSuccess();
    return Long.parseLong(status.replaceAll("(?s).*\"pid\" : (\\d+).*", "$1"));
  }

  private static boolean shows(SSLContext trusting, String host) throws IOException {
    try {
      overTls(trusting, host);
      return true;
    } catch (javax.net.ssl.SSLException other) {
      return false;
    }
  }

  private static String overTls(SSLContext trusting, String host) throws IOException {
    try (var plain = new Socket("127.0.0.1", port(1));
        var socket =
            (SSLSocket) trusting.getSocketFactory().createSocket(plain, host, port(1), true)) {
      var parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      ask(socket, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }

  private static SSLContext trust(byte[] certificate) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    var factory = CertificateFactory.getInstance("X.509");
    store.setCertificateEntry(
        "one", factory.generateCertificate(new java.io.ByteArrayInputStream(certificate)));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = IngressIT.class.getResourceAsStream("/ingress/" + name)) {
      return in.readAllBytes();
    }
  }

  private static String address() throws Exception {
    return "http://localhost" + (port(0) == 80 ? "" : ":" + port(0));
  }

  /** 0 for that of HTTP, 1 for that of HTTPS; 0 while there is none. */
  private static int port(int which) throws Exception {
    var path = "{.status.loadBalancer.ingress[0].ports[" + which + "].port}";
    var said = user.kubectl("get", "ingress", "web", "-o", "jsonpath=" + path).expectSuccess();
    return said.isEmpty() ? 0 : Integer.parseInt(said);
  }

  private static String body(String host, String path) throws Exception {
    var answer = answer(host, path);
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static String answer(String host, String path) throws Exception {
    try (var socket = new Socket("127.0.0.1", port(0))) {
      ask(socket, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.ConnectException closed) {
      return "closed\r\n\r\n";
    }
  }

  private static void ask(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    var read = new StringBuilder();
    while (!read.toString().contains(end)) {
      int next = in.read();
      assertTrue(next >= 0, "ended after: " + read);
      read.append((char) next);
    }
    return read.toString();
  }
}
