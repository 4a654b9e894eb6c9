package io.jkube.kubelet.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against somebody else's HTTP/2. */
final class GrpcCheckTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final Map<String, Integer> statuses = Map.of("", 1, "down", 2);
  private Server server;
  private int port;

  @BeforeEach
  void start() throws Exception {
    server = new Server();
    var connector =
        new ServerConnector(server, new HTTP2CServerConnectionFactory(new HttpConfiguration()));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Health());
    server.start();
    port = connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void aServerThatServesIsWell() {
    assertEquals(new Checks.Answer(true, "service healthy"), ask(""));
  }

  @Test
  void aServiceMayBeDown() {
    assertEquals(
        new Checks.Answer(false, "service unhealthy (responded with \"NOT_SERVING\")"),
        ask("down"));
  }

  @Test
  void aServiceNobodyKnows() {
    assertEquals(
        new Checks.Answer(
            false,
            "error: health rpc probe failed: rpc error: code = NotFound desc = unknown service"),
        ask("none"));
  }

  @Test
  void aServerWithoutHealth() {
    assertEquals(
        new Checks.Answer(
            false,
            "server does not implement the grpc health protocol (grpc.health.v1.Health): rpc"
                + " error: code = Unimplemented desc = no health"),
        ask("silent"));
  }

  @Test
  void aLongNameArrivesWhole() {
    assertEquals(
        "error: health rpc probe failed: rpc error: code = NotFound desc = unknown service",
        ask("x".repeat(300)).message());
  }

  @Test
  void nobodyThere() {
    var answer = new GrpcCheck("127.0.0.1", freePort(), "").ask(SECOND);
    assertTrue(
        answer.message().startsWith("timeout: failed to connect service \"127.0.0.1:"),
        answer::message);
  }

  @Test
  void aServerThatSaysNothing() throws IOException {
    try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(
          new Checks.Answer(false, "timeout: health rpc did not complete within 1s"),
          new GrpcCheck("127.0.0.1", mute.getLocalPort(), "").ask(SECOND));
    }
  }

  private Checks.Answer ask(String service) {
    return new GrpcCheck("127.0.0.1", port, service).ask(PATIENCE);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Behind gRPC's five bytes, the field's tag and its length. */
  private static String name(byte[] asked) {
    int begin = asked.length == 5 ? 5 : asked[6] < 0 ? 8 : 7;
    return new String(asked, begin, asked.length - begin, StandardCharsets.UTF_8);
  }

  private final class Health extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      var asked = BufferUtil.toArray(Content.Source.asByteBuffer(request));
      assertEquals("/grpc.health.v1.Health/Check", request.getHttpURI().getPath());
      assertEquals(asked.length - 5, ByteBuffer.wrap(asked).getInt(1));
      var service = name(asked);
      response.getHeaders().put("content-type", "application/grpc");
      var status = statuses.get(service);
      if (status == null) {
        boolean silent = service.equals("silent");
        response.getHeaders().put("grpc-status", silent ? "12" : "5");
        response.getHeaders().put("grpc-message", silent ? "no health" : "unknown service");
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        return true;
      }
      response.setTrailersSupplier(() -> HttpFields.build().put("grpc-status", "0"));
      var message = new byte[] {0, 0, 0, 0, 2, 8, status.byteValue()};
      response.write(true, ByteBuffer.wrap(message), callback);
      return true;
    }
  }
}
