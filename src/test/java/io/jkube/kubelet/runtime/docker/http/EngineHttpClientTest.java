package io.jkube.kubelet.runtime.docker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import io.jkube.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class EngineHttpClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;
  private FakeEngine engine;
  private EngineHttpClient client;

  @AfterEach
  void close() throws IOException {
    client.close();
    engine.close();
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws Exception {
    serve(PATIENCE, (head, input, output) -> say(output, FakeEngine.sized(200, "hello")));
    for (int i = 0; i < 5; i++) {
      assertEquals("hello", text("/x"));
    }
    assertEquals(1, engine.accepted());
  }

  @Test
  void aConnectionTheEngineClosedIsReplaced() throws Exception {
    serve(
        PATIENCE,
        (head, input, output) -> {
          output.write(FakeEngine.sized(200, "once"));
          return false;
        });
    assertEquals("once", text("/x"));
    Await.until(engine::hasClosedAll);
    assertEquals("once", text("/x"));
    assertEquals(2, engine.accepted());
  }

  @Test
  void chunksAreJoinedAndTheConnectionKept() throws Exception {
    var chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\n\r\n";
    serve(PATIENCE, (head, input, output) -> say(output, ascii(chunked)));
    assertEquals("abcdefgh", text("/x"));
    assertEquals("abcdefgh", text("/x"));
    assertEquals(1, engine.accepted());
  }

  @Test
  void whatAReaderLeftUnreadDoesNotSpoilTheNextAnswer() throws Exception {
    var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{ }\r\n0\r\n\r\n";
    serve(PATIENCE, (head, input, output) -> say(output, ascii(chunked)));
    for (int i = 0; i < 3; i++) {
      try (var response = client.execute(get("/x"))) {
        assertEquals('{', response.getBody().read());
      }
    }
    assertEquals(1, engine.accepted());
  }

  @Test
  void aBodyOfUnknownLengthIsSentInChunks() throws Exception {
    var received = new AtomicReference<String>();
    serve(
        PATIENCE,
        (head, input, output) -> {
          assertTrue(head.contains("Transfer-Encoding: chunked"), head);
          received.set(new String(input.readNBytes(15), StandardCharsets.US_ASCII));
          return say(output, FakeEngine.sized(204, ""));
        });
    var request = Request.builder();
    request.method("POST").path("/load").body(new ByteArrayInputStream(ascii("hello")));
    client.execute(request.build()).close();
    assertEquals("5\r\nhello\r\n0\r\n\r\n", received.get());
  }

  @Test
  void anAnswerThatDoesNotComeIsATimeout() throws Exception {
    var never = new CountDownLatch(1);
    serve(
        SHORT,
        (head, input, output) -> {
          never.await();
          return false;
        });
    var failure = assertThrows(UncheckedIOException.class, () -> text("/slow"));
    assertInstanceOf(InterruptedIOException.class, failure.getCause());
    assertTrue(failure.getMessage().contains("200 ms"), failure.getMessage());
    never.countDown();
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsATimeoutToo() throws Exception {
    var never = new CountDownLatch(1);
    serve(
        SHORT,
        (head, input, output) -> {
          output.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
          never.await();
          return false;
        });
    try (var response = client.execute(get("/slow"))) {
      assertThrows(InterruptedIOException.class, () -> response.getBody().readAllBytes());
    }
    never.countDown();
  }

  @Test
  void aStreamMayLastLongerThanTheTimeout() throws Exception {
    var go = new CountDownLatch(1);
    serve(
        SHORT,
        (head, input, output) -> {
          output.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"));
          go.await();
          output.write(ascii("1\r\nb\r\n0\r\n\r\n"));
          return true;
        });
    try (var response = client.stream(get("/events"), SHORT)) {
      assertEquals('a', response.getBody().read());
      Thread.ofVirtual()
          .start(
              () -> {
                java.util.concurrent.locks.LockSupport.parkNanos(SHORT.multipliedBy(2).toNanos());
                go.countDown();
              });
      assertEquals('b', response.getBody().read());
      assertEquals(-1, response.getBody().read());
    }
  }

  @Test
  void closingAStreamEndsItsReader() throws Exception {
    var never = new CountDownLatch(1);
    serve(
        PATIENCE,
        (head, input, output) -> {
          output.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
          never.await();
          return false;
        });
    var response = client.stream(get("/events"), null);
    var reading = CompletableFuture.supplyAsync(() -> failure(response.getBody()));
    response.close();
    assertInstanceOf(IOException.class, reading.get(10, TimeUnit.SECONDS));
    never.countDown();
  }

  @Test
  void anInterruptionEndsTheWaitAndKeepsTheFlag() throws Exception {
    var asked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    serve(
        PATIENCE,
        (head, input, output) -> {
          asked.countDown();
          never.await();
          return false;
        });
    var seen = new CompletableFuture<Boolean>();
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  var failure = assertThrows(UncheckedIOException.class, () -> text("/slow"));
                  seen.complete(
                      failure.getCause() instanceof ClosedByInterruptException
                          && Thread.currentThread().isInterrupted());
                });
    asked.await();
    thread.interrupt();
    assertTrue(seen.get(10, TimeUnit.SECONDS));
    never.countDown();
  }

  @Test
  void anEngineThatGoesInTheMiddleIsAnError() throws Exception {
    serve(
        PATIENCE,
        (head, input, output) -> {
          output.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
          return false;
        });
    try (var response = client.execute(get("/x"))) {
      assertThrows(IOException.class, () -> response.getBody().readAllBytes());
    }
  }

  @Test
  void whatSpeaksNoHttpIsNoEngine() throws Exception {
    serve(PATIENCE, (head, input, output) -> say(output, ascii("SSH-2.0-OpenSSH\r\n")));
    var failure = assertThrows(UncheckedIOException.class, () -> text("/version"));
    assertTrue(failure.getMessage().contains("no engine"), failure.getMessage());
  }

  @Test
  void aHijackedRequestIsReadAfterItsInputEnded() throws Exception {
    serve(
        SHORT,
        (head, input, output) -> {
          assertTrue(head.contains("Upgrade: tcp"), head);
          input.readNBytes(2);
          output.write(ascii("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n"));
          var all = new String(input.readAllBytes(), StandardCharsets.US_ASCII);
          output.write(ascii("got " + all));
          return false;
        });
    var request = Request.builder();
    request.method("POST").path("/exec/1/start").bodyBytes(ascii("{}"));
    request.hijackedInput(new ByteArrayInputStream(ascii("some input")));
    try (var response = client.stream(request.build(), null)) {
      assertEquals("got some input", new String(response.getBody().readAllBytes()));
    }
  }

  @Test
  void aRefusedHijackIsAnAnswerLikeAnyOther() throws Exception {
    serve(PATIENCE, (head, input, output) -> say(output, FakeEngine.sized(409, "not running")));
    var request = Request.builder();
    request
        .method("POST")
        .path("/exec/1/start")
        .hijackedInput(new ByteArrayInputStream(ascii("x")));
    try (var response = client.stream(request.build(), null)) {
      assertEquals(409, response.getStatusCode());
      assertEquals("not running", new String(response.getBody().readAllBytes()));
    }
  }

  private static Exception failure(java.io.InputStream body) {
    try {
      body.read();
      return null;
    } catch (IOException lost) {
      return lost;
    }
  }

  private void serve(Duration timeout, FakeEngine.Script script) throws IOException {
    engine = new FakeEngine(folder, script);
    client = EngineHttpClient.unix(engine.socket(), timeout);
  }

  private String text(String path) throws IOException {
    try (var response = client.execute(get(path))) {
      return new String(response.getBody().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Request get(String path) {
    var request = Request.builder();
    request.method("GET").path(path);
    return request.build();
  }

  private static boolean say(java.io.OutputStream output, byte[] answer) throws IOException {
    output.write(answer);
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
