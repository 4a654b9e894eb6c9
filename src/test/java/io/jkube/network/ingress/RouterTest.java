package io.jkube.network.ingress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.network.proxy.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The router before servers of this process. */
@Timeout(30)
final class RouterTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Certificates certificates = new Certificates(host -> own("rsa"));
  private volatile RouteTable routes = RouteTable.EMPTY;
  private int port;
  private int securePort;

  @BeforeEach
  void open() throws Exception {
    var plain = Doors.open(0, freePort(), freePort());
    var secured = Doors.open(0, freePort(), freePort());
    port = plain.port();
    securePort = secured.port();
    opened.add(Router.open(plain, secured, () -> routes, certificates));
  }

  @AfterEach
  void close() throws Exception {
    for (var each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void saysWhyARequestLeadsNowhere() throws Exception {
    var none = ask("GET /x HTTP/1.1\r\nHost: web.localhost:80\r\nConnection: close\r\n\r\n");
    assertTrue(none.startsWith("HTTP/1.1 404 "), none);
    assertTrue(none.contains("No Ingress has a rule for http://web.localhost/x "), none);

    lead(Destination.none("service \"default/web\" port 80", "no pod is ready to serve it"));
    var idle = ask("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n");
    assertTrue(idle.startsWith("HTTP/1.1 503 "), idle);
    assertTrue(idle.contains("port 80 does not answer: no pod is ready to serve it"), idle);

    lead(Speech.HTTP, freePort());
    var dead = ask("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n");
    assertTrue(dead.startsWith("HTTP/1.1 502 "), dead);
  }

  @Test
  void aQueryWithABrokenEscapeIsTheClientsFault() throws Exception {
    lead(Speech.HTTP, echo(false));
    for (var query : List.of("a=%zz", "a=%", "a=b%2")) {
      var answer = ask("GET /x?" + query + " HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 400 "), query + ": " + answer);
    }
  }

  @Test
  void passesARequestOnAsItIsAndSaysWhereItCameFrom() throws Exception {
    var got = new LinkedBlockingQueue<String>();
    lead(
        Speech.HTTP,
        raw("HTTP/1.1 200 OK\r\nX-Two: a\r\nX-Two: b\r\nContent-Length: 2\r\n\r\nok", got));
    var answer =
        ask(
            """
            GET /a%2Fb//c|d?x=[1]&y=%7A HTTP/1.1
            Host: web.localhost:8080
            X-Forwarded-For: 6.6.6.6
            X-Own: 1
            Accept-Encoding: br
            Connection: close, X-Own

            """
                .replace("\n", "\r\n"));
    assertTrue(answer.startsWith("HTTP/1.1 200 OK"), answer);
    assertTrue(answer.contains("X-Two: a\r\nX-Two: b\r\n"), answer);
    var head = got.take();
    assertTrue(head.startsWith("GET /a%2Fb//c|d?x=[1]&y=%7A HTTP/1.1\r\n"), head);
    assertTrue(head.contains("\r\nHost: web.localhost:8080\r\n"), head);
    assertTrue(head.contains("\r\nX-Forwarded-For: 127.0.0.1\r\n"), head);
    assertTrue(head.contains("\r\nX-Forwarded-Host: web.localhost:8080\r\n"), head);
    assertTrue(head.contains("\r\nX-Forwarded-Proto: http\r\n"), head);
    assertTrue(head.contains("\r\nX-Forwarded-Port: 8080\r\n"), head);
    assertTrue(head.contains("\r\nAccept-Encoding: br\r\n"), head);
    assertTrue(!head.contains("X-Own") && !head.contains("User-Agent"), head);
  }

  @Test
  void bodiesFlowBothWaysAsTheyCome() throws Exception {
    lead(Speech.HTTP, echo(false));
    try (var client = new Socket(HERE, port)) {
      var out = client.getOutputStream();
      var in = client.getInputStream();
      write(out, "POST / HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n");
      write(out, "5\r\nfirst\r\n");
      assertTrue(readUntil(in, "first").startsWith("HTTP/1.1 200"));
      write(out, "6\r\nsecond\r\n");
      readUntil(in, "second");
      write(out, "0\r\n\r\n");
      readUntil(in, "0\r\n\r\n");
    }
  }

  @Test
  void largeBodiesComeWhole() throws Exception {
    lead(Speech.HTTP, echo(false));
    var sent = new byte[3_000_000];
    new java.util.Random(1).nextBytes(sent);
    var client = client();
    var answer =
        client
            .POST("http://127.0.0.1:" + port + "/")
            .body(new org.eclipse.jetty.client.BytesRequestContent(sent));
    var got = new CompletableFuture<byte[]>();
    answer.send(
        new org.eclipse.jetty.client.BufferingResponseListener(sent.length) {
          @Override
          public void onComplete(org.eclipse.jetty.client.Result result) {
            got.complete(getContent());
          }
        });
    assertArrayEquals(sent, got.get(20, TimeUnit.SECONDS));
  }

  /** As gRPC has it: HTTP/2 without TLS from end to end, both sides speak, trailers at the end. */
  @Test
  void callsOfHttp2TalkBothWaysAndEndWithTrailers() throws Exception {
    lead(Speech.H2C, echo(true));
    var body = new AsyncRequestContent();
    var received = new LinkedBlockingQueue<String>();
    var end = new CompletableFuture<HttpFields>();
    client()
        .newRequest("127.0.0.1", port)
        .version(HttpVersion.HTTP_2)
        .method("POST")
        .headers(headers -> headers.put(HttpHeader.TE, "trailers"))
        .body(body)
        .onResponseContent((response, chunk) -> received.add(text(chunk)))
        .send(result -> end.complete(result.getResponse().getTrailers()));
    say(body, "one");
    assertEquals("one", received.take());
    say(body, "two");
    assertEquals("two", received.take());
    body.close();
    var trailers = end.get(10, TimeUnit.SECONDS);
    assertEquals("0", trailers.get("grpc-status"));
    assertEquals("HTTP/2.0 te=trailers", trailers.get("seen"));
  }

  @Test
  void aConnectionMayChangeItsProtocol() throws Exception {
    var got = new LinkedBlockingQueue<String>();
    lead(Speech.HTTP, switching(got));
    try (var client = new Socket(HERE, port)) {
      write(
          client.getOutputStream(),
          """
          GET /ws HTTP/1.1
          Host: web
          Connection: keep-alive, Upgrade
          Upgrade: websocket
          Sec-WebSocket-Key: abc

          """
              .replace("\n", "\r\n"));
      var in = client.getInputStream();
      var head = readUntil(in, "early");
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertTrue(head.contains("Sec-WebSocket-Accept: def"), head);
      var asked = got.take();
      assertTrue(asked.contains("Upgrade: websocket"), asked);
      assertTrue(asked.contains("Sec-WebSocket-Key: abc"), asked);
      write(client.getOutputStream(), "ping");
      assertEquals("PING", readUntil(in, "PING"));
      client.shutdownOutput();
      assertEquals(-1, in.read(), "the end of one side reaches the other");
    }
  }

  @Test
  void aRefusedChangeIsAnAnswerLikeAnyOther() throws Exception {
    var got = new LinkedBlockingQueue<String>();
    lead(Speech.HTTP, raw("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno", got));
    var answer =
        ask(
            "GET / HTTP/1.1\r\nHost: web\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertTrue(answer.endsWith("\r\n\r\nno"), answer);
  }

  @Test
  void aBackendThatIsGoneIsPassedOver() throws Exception {
    var got = new LinkedBlockingQueue<String>();
    int there = raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", got);
    var backends = List.of(new Backend("127.0.0.1", freePort()), new Backend("127.0.0.1", there));
    lead(new Destination(Speech.HTTP, "two", backends, ""));
    for (int i = 0; i < 20; i++) {
      var answer =
          ask("POST / HTTP/1.1\r\nHost: web\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
  }

  @Test
  void eachHostShowsItsOwnCertificate() throws Exception {
    lead(Speech.HTTP, echo(false));
    certificates.update(
        Map.of("curve.example", own("curve"), "*.wild.example", own("rsa")),
        host -> host.equals("web.localhost"));
    assertEquals("CN=curve.example", shown("curve.example"));
    assertEquals("CN=rsa.example", shown("a.wild.example"));
    assertEquals("CN=rsa.example", shown("web.localhost"), "made for it");
  }

  @Test
  void speaksHttp2OverTls() throws Exception {
    lead(Speech.HTTP, echo(false));
    var answer = client().newRequest("https://localhost:" + securePort + "/").send();
    assertEquals(200, answer.getStatus());
    assertEquals(HttpVersion.HTTP_2, answer.getVersion());
    assertEquals("https", answer.getHeaders().get("seen-proto"));
  }

  private String shown(String host) throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(null, SslContextFactory.TRUST_ALL_CERTS, new SecureRandom());
    try (var socket = (SSLSocket) context.getSocketFactory().createSocket(HERE, securePort)) {
      var parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      var first = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return first.getSubjectX500Principal().toString();
    }
  }

  private void lead(Speech speech, int to) {
    lead(new Destination(speech, "web", List.of(new Backend("127.0.0.1", to)), ""));
  }

  private void lead(Destination destination) {
    var ingress = Json.object();
    ingress.putObject("metadata").put("namespace", "default").put("name", "web");
    ingress.putObject("spec").putObject("defaultBackend");
    routes = RouteTable.of(List.of(ingress), (namespace, backend) -> destination);
  }

  private HttpClient client() throws Exception {
    var connector = new ClientConnector();
    connector.setSslContextFactory(new SslContextFactory.Client(true));
    var http2 = new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector));
    var http1 = org.eclipse.jetty.client.transport.HttpClientConnectionFactory.HTTP11;
    var client = new HttpClient(new HttpClientTransportDynamic(connector, http2, http1));
    client.start();
    opened.add(client::stop);
    return client;
  }

  /** Says back what it is told, at once; at the end, in trailers, how it was spoken to. */
  private int echo(boolean http2) throws Exception {
    var server = new Server();
    var configuration = new HttpConfiguration();
    var connector =
        http2
            ? new ServerConnector(server, new HTTP2CServerConnectionFactory(configuration))
            : new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            var headers = request.getHeaders();
            response.getHeaders().put("seen-proto", headers.get("X-Forwarded-Proto"));
            if (http2) {
              var seen = request.getConnectionMetaData().getProtocol() + " te=" + headers.get("TE");
              response.setTrailersSupplier(
                  () -> HttpFields.build().put("grpc-status", "0").put("seen", seen));
            }
            response.write(
                false,
                ByteBuffer.allocate(0),
                Callback.from(() -> Content.copy(request, response, callback), callback::failed));
            return true;
          }
        });
    server.start();
    opened.add(server::stop);
    return connector.getLocalPort();
  }

  /** Gives each connection one answer. */
  private int raw(String answer, BlockingQueue<String> heads) throws IOException {
    return serve(
        socket -> {
          var first = socket.getInputStream().read();
          if (first < 0) {
            return; // a connection in reserve
          }
          heads.add((char) first + readUntil(socket.getInputStream(), "\r\n\r\n"));
          write(socket.getOutputStream(), answer);
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        });
  }

  private int switching(BlockingQueue<String> heads) throws IOException {
    return serve(
        socket -> {
          heads.add(readUntil(socket.getInputStream(), "\r\n\r\n"));
          write(
              socket.getOutputStream(),
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Accept: def\r\n\r\nearly");
          assertEquals("ping", readUntil(socket.getInputStream(), "ping"));
          write(socket.getOutputStream(), "PING");
          socket.getInputStream().readAllBytes();
        });
  }

  private interface Conversation {
    void with(Socket socket) throws IOException;
  }

  private int serve(Conversation conversation) throws IOException {
    var listener = new ServerSocket(0, 50, HERE);
    opened.add(listener);
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listener.isClosed()) {
                try {
                  var socket = listener.accept();
                  Thread.ofVirtual().start(() -> talk(conversation, socket));
                } catch (IOException end) {
                  return;
                }
              }
            });
    return listener.getLocalPort();
  }

  private static void talk(Conversation conversation, Socket socket) {
    try (socket) {
      conversation.with(socket);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private String ask(String request) throws IOException {
    try (var socket = new Socket(HERE, port)) {
      write(socket.getOutputStream(), request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ServerIdentity own(String name) throws java.security.GeneralSecurityException {
    try {
      return Pem.identity(PemTest.file(name + ".crt"), PemTest.file(name + ".key"));
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private static void say(AsyncRequestContent body, String text) throws IOException {
    body.write(StandardCharsets.UTF_8.encode(text), Callback.NOOP);
    body.flush();
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static void write(java.io.OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
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

  private static int freePort() throws IOException {
    try (var any = new ServerSocket()) {
      any.bind(new InetSocketAddress(HERE, 0));
      return any.getLocalPort();
    }
  }
}
