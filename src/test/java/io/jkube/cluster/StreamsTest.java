package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.stream.PipeLink;
import io.jkube.api.stream.WebSocketLink;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.apiserver.stream.spdy.SpdyTestClient;
import io.jkube.client.ApiCall;
import io.jkube.client.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exec and attach over real sockets, down to an engine in memory. */
@Timeout(60)
final class StreamsTest {
  private static final String POD = "/api/v1/namespaces/default/pods/p";

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    var settings =
        new StartSettings(
            "s", 0, 1, freePort(), StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));
    cluster =
        Cluster.start(
            settings,
            Map.of(
                "HOME", folder.toString(),
                "JKUBE_HOME", folder.resolve("home").toString(),
                "KUBECONFIG", folder.resolve("kubeconfig").toString()),
            InstantSource.system(),
            StartupListener.SILENT);
    var api = new ApiClient(cluster.administrator());
    var account = new ObjectKey("default", "default");
    await(() -> api.find(Resources.SERVICE_ACCOUNTS, account).isPresent());
    var commands =
        Map.of("p", "httpd", "done", "true", "host", "httpd", "talk", "echo\",\"one two");
    for (var name : commands.keySet()) {
      var pod =
          """
          {"metadata":{"name":"%s","namespace":"default"},"spec":{"restartPolicy":"Never",
          "hostNetwork":%b,"containers":[{"name":"c","image":"busybox:1.36","command":["%s"]}]}}
          """
              .formatted(name, name.equals("host"), commands.get(name));
      api.create(Resources.PODS, Json.parse(pod.getBytes(StandardCharsets.UTF_8)));
      var wanted = commands.get(name).equals("httpd") ? "Running" : "Succeeded";
      var key = new ObjectKey("default", name);
      await(() -> api.get(Resources.PODS, key).at("/status/phase").asText().equals(wanted));
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** A client after the head of the server's answer. */
  private record Client(PipeLink link, String head) implements AutoCloseable {
    WebSocketWire wire() {
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      return new WebSocketWire(link, WebSocketWire.Side.CLIENT);
    }

    /** Everything up to the end, by channel: {@code 1:text 3:status}. */
    static String read(WebSocketWire wire) throws IOException {
      var all = new StringBuilder();
      int last = -1;
      for (var piece = wire.next(); piece != null; piece = wire.next()) {
        var bytes = piece.bytes();
        if (bytes.length > 1) {
          all.append(bytes[0] == last ? "" : bytes[0] + ":");
          all.append(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
          last = bytes[0];
        }
      }
      return all.toString();
    }

    @Override
    public void close() throws IOException {
      link.close();
    }
  }

  private static Client ask(String method, String path, String... headers) throws IOException {
    var link = new PipeLink(new Socket("127.0.0.1", cluster.record().insecurePort()));
    var head = method + " " + path + " HTTP/1.1\r\nHost: jkube\r\n" + String.join("\r\n", headers);
    link.output().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    var answer = new ByteArrayOutputStream();
    while (!answer.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = link.input().read();
      assertTrue(next >= 0, answer::toString);
      answer.write(next);
    }
    return new Client(link, answer.toString(StandardCharsets.US_ASCII));
  }

  private static Client webSocket(String path, String... protocols) throws IOException {
    var key = Base64.getEncoder().encodeToString(new byte[16]);
    return ask(
        "GET",
        path,
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: " + key,
        "Sec-WebSocket-Protocol: " + String.join(", ", protocols));
  }

  @ParameterizedTest
  @CsvSource({
    "v5.channel.k8s.io,3:{\"metadata\":{}",
    "v4.channel.k8s.io,3:{\"metadata\":{}",
    "channel.k8s.io,''"
  })
  void aCommandsOutputAndItsSuccess(String protocol, String status) throws Exception {
    try (var client = webSocket(POD + "/exec?command=echo&command=hi&stdout=1", protocol)) {
      assertTrue(client.head().contains("Sec-WebSocket-Protocol: " + protocol), client.head());
      var said = Client.read(client.wire());
      assertTrue(said.startsWith("1:hi\n" + status), said);
    }
  }

  @Test
  void theExitCodeIsTold() throws Exception {
    try (var client =
        webSocket(POD + "/exec?command=exit&command=3&stdout=1", "v5.channel.k8s.io")) {
      var said = Client.read(client.wire());
      var status = Json.parse(said.substring(2).getBytes(StandardCharsets.UTF_8));
      assertEquals("NonZeroExitCode", status.path("reason").asText());
      assertEquals("3", status.at("/details/causes/0/message").asText());
    }
  }

  @Test
  void inputGoesInAndEnds() throws Exception {
    try (var client =
        webSocket(POD + "/exec?command=cat&stdin=true&stdout=1", "bogus", "v5.channel.k8s.io")) {
      var wire = client.wire();
      wire.send(false, new byte[] {0}, "over and ".getBytes(StandardCharsets.UTF_8));
      wire.send(false, new byte[] {0}, "out".getBytes(StandardCharsets.UTF_8));
      wire.send(false, new byte[] {(byte) 255, 0});
      var said = Client.read(wire);
      assertTrue(said.startsWith("1:over and out3:{\"metadata\":{}"), said);
    }
  }

  @Test
  void commandsOfThisProcessSpeakTheSameWay() throws Exception {
    var query = Map.of("command", List.of("cat"), "stdin", List.of("1"), "stdout", List.of("1"));
    var call = ApiCall.of("GET", POD + "/exec", query, null);
    var wire = cluster.administrator().webSocket(call, "v5.channel.k8s.io");
    try (var link = wire.link()) {
      wire.send(false, new byte[] {0}, "hello".getBytes(StandardCharsets.UTF_8));
      wire.send(false, new byte[] {(byte) 255, 0});
      assertTrue(Client.read(wire).startsWith("1:hello3:{\"metadata\":{}"), link::toString);
    }
    var over = ApiCall.of("GET", "/api/v1/namespaces/default/pods/done" + "/exec", query, null);
    var refused =
        assertThrows(
            ApiException.class, () -> cluster.administrator().webSocket(over, "v5.channel.k8s.io"));
    assertEquals("unable to upgrade connection: container not found (\"c\")", refused.getMessage());
  }

  @Test
  void aTerminalIsResizedAndNonsenseIsNot() throws Exception {
    try (var client =
        webSocket(POD + "/exec?command=cat&stdin=1&stdout=1&tty=1", "v5.channel.k8s.io")) {
      var wire = client.wire();
      for (var size : new String[] {"{", "{}", "{\"Width\":-1,\"Height\":99999999}"}) {
        wire.send(false, new byte[] {4}, size.getBytes(StandardCharsets.UTF_8));
      }
      wire.send(false, new byte[] {4}, "{\"Width\":80,\"Height\":24}".getBytes());
      wire.send(false, new byte[] {(byte) 255, 0});
      var said = Client.read(wire);
      assertTrue(said.startsWith("1:80x243:") || said.startsWith("1:80x24\n3:"), said);
    }
  }

  @Test
  void attachSpeaksWithTheFirstProcess() throws Exception {
    try (var client = webSocket(POD + "/attach?stdin=1&stdout=1", "v4.channel.k8s.io")) {
      var wire = client.wire();
      wire.send(false, new byte[] {0}, "hello".getBytes(StandardCharsets.UTF_8));
      assertEquals(1, wire.next().bytes().length);
      assertEquals("\u0001hello", new String(wire.next().bytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void textInBase64() throws Exception {
    var path = POD + "/exec?command=cat&stdin=1&stdout=1";
    try (var client = webSocket(path, "v4.base64.channel.k8s.io")) {
      var wire = client.wire();
      wire.send(true, "0aGVsbG8=".getBytes(StandardCharsets.US_ASCII));
      assertEquals("1", new String(wire.next().bytes(), StandardCharsets.US_ASCII));
      var answer = wire.next();
      assertTrue(answer.text());
      assertEquals("1aGVsbG8=", new String(answer.bytes(), StandardCharsets.US_ASCII));
      wire.send(true, "0###".getBytes(StandardCharsets.US_ASCII));
      assertNull(wire.next());
    }
  }

  @ParameterizedTest
  @CsvSource({"v5.channel.k8s.io,v4.channel.k8s.io", "v2.channel.k8s.io,v2.channel.k8s.io"})
  void spdyCarriesTheSameStreams(String offered, String agreed) throws Exception {
    var path = POD + "/exec?command=cat&stdin=1&stdout=1&stderr=1";
    try (var client = spdy(path, offered, agreed)) {
      assertTrue(client.head().startsWith("HTTP/1.1 101 "), client.head());
      assertTrue(client.head().contains("X-Stream-Protocol-Version: " + agreed), client.head());
      var session = new SpdyTestClient(client.link());
      int error = session.open(Map.of("streamtype", "error"));
      int stdin = session.open(Map.of("streamtype", "stdin"));
      int stdout = session.open(Map.of("streamtype", "stdout"));
      int stderr = session.open(Map.of("streamtype", "stderr"));
      session.send(stdin, false, "over and ");
      session.send(stdin, true, "out");
      var said = session.readUntilEnded(4);
      assertEquals("over and out", said.get(stdout));
      assertEquals("", said.get(stderr));
      assertEquals(
          agreed.startsWith("v4") ? "{\"metadata\":{},\"status\":\"Success\"}" : "",
          said.get(error));
    }
  }

  @Test
  void aSpdyClientOfNoKnownVersionIsRefused() throws Exception {
    try (var client = spdy(POD + "/exec?command=cat&stdout=1", "v9.channel.k8s.io")) {
      assertTrue(client.head().startsWith("HTTP/1.1 403 "), client.head());
    }
  }

  @Test
  void aStreamThatWasNotAskedForEndsIt() throws Exception {
    try (var client = spdy(POD + "/exec?command=cat&stdout=1", "v4.channel.k8s.io")) {
      new SpdyTestClient(client.link()).open(Map.of("streamtype", "spam"));
      client.link().input().skip(Long.MAX_VALUE);
    }
  }

  /** Answers each connection with what it says, until it has said all. */
  private static ServerSocket echo() throws IOException {
    var listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listening.isClosed()) {
                try {
                  var socket = listening.accept();
                  Thread.ofVirtual().start(() -> echo(socket));
                } catch (IOException closed) {
                  return;
                }
              }
            });
    return listening;
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException gone) {
      // the test sees what it misses
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyConnectionsAreForwardedAtOnce(boolean tunnelled) throws Exception {
    var path = "/api/v1/namespaces/default/pods/host/portforward";
    try (var echo = echo();
        var client =
            tunnelled
                ? webSocket(path, "SPDY/3.1+portforward.k8s.io")
                : spdy(path, "portforward.k8s.io")) {
      assertTrue(client.head().startsWith("HTTP/1.1 101 "), client.head());
      var session =
          new SpdyTestClient(tunnelled ? new WebSocketLink(client.wire()) : client.link());
      var data = new ArrayList<Integer>();
      for (int i = 0; i < 20; i++) {
        var port = Integer.toString(echo.getLocalPort());
        var told = Map.of("port", port, "requestid", "" + i);
        session.open(with(told, "streamtype", "error"));
        data.add(session.open(with(told, "streamtype", "data")));
      }
      for (int stream : data) {
        session.send(stream, false, "I am ");
      }
      for (int stream : data) {
        session.send(stream, true, "" + stream);
      }
      var said = session.readUntilEnded(40);
      for (int stream : data) {
        assertEquals("I am " + stream, said.get(stream));
        assertEquals("", said.get(stream - 2));
      }
    }
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    var all = new java.util.HashMap<>(headers);
    all.put(name, value);
    return all;
  }

  @Test
  void whatNobodyListensOnIsToldAsAnError() throws Exception {
    var path = "/api/v1/namespaces/default/pods/host/portforward";
    int port = freePort();
    try (var client = spdy(path, "portforward.k8s.io")) {
      var session = new SpdyTestClient(client.link());
      int error = session.open(Map.of("streamtype", "error", "port", "" + port));
      int data = session.open(Map.of("streamtype", "data", "port", "" + port));
      int badError = session.open(Map.of("streamtype", "error", "port", "none"));
      session.open(Map.of("streamtype", "data", "port", "none"));
      var said = session.readUntilEnded(4);
      assertTrue(
          said.get(error).startsWith("error forwarding port " + port + " to pod host_default, uid"),
          said.get(error));
      assertEquals("", said.get(data));
      assertEquals("unable to parse \"none\" as a port", said.get(badError));
    }
  }

  @Test
  void channelsOfAWebSocketForwardOneConnectionEach() throws Exception {
    var path = "/api/v1/namespaces/default/pods/host/portforward";
    try (var echo = echo();
        var client = webSocket(path + "?ports=" + echo.getLocalPort(), "v4.channel.k8s.io")) {
      var wire = client.wire();
      int port = echo.getLocalPort();
      for (byte channel = 0; channel < 2; channel++) {
        var told = wire.next().bytes();
        assertEquals(channel, told[0]);
        assertEquals(port, told[1] & 0xff | (told[2] & 0xff) << 8);
      }
      wire.send(false, new byte[] {0}, "hello".getBytes(StandardCharsets.UTF_8));
      assertEquals("\0hello", new String(wire.next().bytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "p/portforward,400",
    "p/portforward?ports=0,400",
    "p/portforward?ports=80&ports=x,400",
    "done/portforward?ports=80,500"
  })
  void portsThatMakeNoSenseAreRefused(String ask, int code) throws Exception {
    try (var client = webSocket("/api/v1/namespaces/default/pods/" + ask, "v4.channel.k8s.io")) {
      assertTrue(client.head().startsWith("HTTP/1.1 " + code + " "), client.head());
    }
  }

  private static Client spdy(String path, String... versions) throws IOException {
    var headers = new ArrayList<>(List.of("Connection: Upgrade", "Upgrade: SPDY/3.1"));
    headers.add("Content-Length: 0");
    for (var version : versions) {
      headers.add("X-Stream-Protocol-Version: " + version);
    }
    return ask("POST", path, headers.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/exec?command=a&stdout=1&container=x | 400 | container x is not valid for pod p",
        "/exec?stdout=1 | 400 | you must specify at least one command for the container",
        "/exec?command=a | 400 | you must specify at least 1 of stdin, stdout, stderr",
      })
  void whatIsAskedWrongIsRefusedBeforeAnyStream(String ask, int code, String why) throws Exception {
    try (var client = webSocket(POD + ask, "v5.channel.k8s.io")) {
      assertTrue(client.head().startsWith("HTTP/1.1 " + code + " "), client.head());
      assertEquals(why, message(client));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "binary.k8s.io,false,one two",
    "base64.binary.k8s.io,true,b25lIHR3bwo=",
    "'',false,one two"
  })
  void outputIsToldOverWebSockets(String protocol, boolean text, String said) throws Exception {
    var path = "/api/v1/namespaces/default/pods/talk/log?container=c";
    var protocols = protocol.isEmpty() ? new String[0] : new String[] {protocol};
    try (var client = webSocket(path, protocols)) {
      assertTrue(client.head().startsWith("HTTP/1.1 101 "), client.head());
      var wire = client.wire();
      assertEquals(0, wire.next().bytes().length);
      var message = wire.next();
      assertEquals(text, message.text());
      assertEquals(said, new String(message.bytes(), StandardCharsets.UTF_8).strip());
      assertNull(wire.next());
    }
  }

  @Test
  void outputInASubprotocolNobodyKnowsIsRefused() throws Exception {
    var path = "/api/v1/namespaces/default/pods/talk/log?container=c";
    try (var client = webSocket(path, "v5.channel.k8s.io")) {
      assertTrue(client.head().startsWith("HTTP/1.1 400 "), client.head());
    }
  }

  @Test
  void aContainerThatIsOverIsNotFound() throws Exception {
    var path = "/api/v1/namespaces/default/pods/done/exec?command=a&stdout=1";
    try (var client = webSocket(path, "v5.channel.k8s.io")) {
      assertTrue(client.head().startsWith("HTTP/1.1 500 "), client.head());
      assertEquals("container not found (\"c\")", body(client));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void withoutAnUpgradeThereIsNoStream(String method) throws Exception {
    try (var client = ask(method, POD + "/exec?command=a&stdout=1", "Content-Length: 0")) {
      assertTrue(client.head().startsWith("HTTP/1.1 400 "), client.head());
      assertEquals("Upgrade request required", message(client));
    }
  }

  @Test
  void aSubprotocolNobodyKnowsIsRefused() throws Exception {
    try (var client = webSocket(POD + "/exec?command=a&stdout=1", "v9.channel.k8s.io")) {
      assertTrue(client.head().startsWith("HTTP/1.1 400 "), client.head());
    }
  }

  private static String message(Client client) throws IOException {
    return Json.parse(body(client).getBytes(StandardCharsets.UTF_8)).path("message").asText();
  }

  private static String body(Client client) throws IOException {
    var length = client.head().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    var bytes = client.link().input().readNBytes(Integer.parseInt(length));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
