package io.jkube.cli.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cli.client.Frame;
import io.jkube.cli.client.Request;
import io.jkube.cli.command.Commands;
import io.jkube.cli.testing.ScriptedApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines over the socket, with frames sent by hand. */
final class CommandServerTest {
  private static final int AWAIT_SECONDS = 30;

  @TempDir Path folder;

  @Test
  void outputErrorsAndExitCodeComeBackInOrder() throws Exception {
    Commands commands =
        (arguments, context) -> {
          context.out().print("data of " + arguments + " ");
          context.err().print("talk ");
          context.out().print("more");
          context.out().flush();
          return 7;
        };
    try (var server = serve(commands);
        var client = connect()) {
      request(client, "get", "pods");
      assertEquals("OUT data of [get, pods] ", text(Frame.receive(client)));
      assertEquals("ERR talk ", text(Frame.receive(client)));
      assertEquals("OUT more", text(Frame.receive(client)));
      var exit = Frame.receive(client);
      assertEquals(Frame.EXIT, exit.get());
      assertEquals(7, exit.get());
    }
  }

  @Test
  void stdinIsAskedForPieceByPiece() throws Exception {
    Commands commands =
        (arguments, context) -> {
          try {
            context.out().print(new String(context.in().readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
          }
          context.out().flush();
          return 0;
        };
    try (var server = serve(commands);
        var client = connect()) {
      request(client, "create", "-f", "-");
      for (var piece : new String[] {"one ", "two", ""}) {
        assertEquals(Frame.WANT_INPUT, Frame.receive(client).get());
        var bytes = piece.getBytes(StandardCharsets.UTF_8);
        Frame.send(client, Frame.INPUT, bytes, 0, bytes.length);
      }
      assertEquals("OUT one two", text(Frame.receive(client)));
    }
  }

  @Test
  void aClientThatGoesAwayInterruptsItsCommand() throws Exception {
    var running = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    Commands commands =
        (arguments, context) -> {
          try (var action = context.interruption().onInterrupt(told::countDown)) {
            running.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException asWanted) {
            interrupted.countDown();
          }
          return 130;
        };
    try (var server = serve(commands)) {
      try (var client = connect()) {
        request(client, "get", "pods", "-w");
        assertTrue(running.await(AWAIT_SECONDS, TimeUnit.SECONDS));
      }
      assertTrue(told.await(AWAIT_SECONDS, TimeUnit.SECONDS), "its streams are closed");
      assertTrue(interrupted.await(AWAIT_SECONDS, TimeUnit.SECONDS), "its thread is free");
    }
  }

  @Test
  void aClientOfAnotherVersionIsToldSo() throws Exception {
    try (var server = serve((arguments, context) -> 0);
        var client = connect()) {
      Frame.send(client, Frame.REQUEST, new byte[] {1, 2, 3, 4}, 0, 4);
      assertEquals(
          "ERR error: client and server are of different versions\n", text(Frame.receive(client)));
      assertEquals(Frame.EXIT, Frame.receive(client).get());
    }
  }

  @Test
  void closingRemovesTheSocket() {
    serve((arguments, context) -> 0).close();
    assertFalse(Files.exists(folder.resolve("cli.sock")));
  }

  private CommandServer serve(Commands commands) {
    var served =
        new CommandServer.Served(
            "test",
            "https://127.0.0.1:6443",
            commands,
            new ScriptedApi(),
            InstantSource.system(),
            file -> {
              throw new AssertionError("saves " + file);
            });
    return CommandServer.start(folder.resolve("cli.sock"), served);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("cli.sock")));
  }

  private static void request(SocketChannel client, String... words) throws IOException {
    var bytes = new Request(words, "/", new String[0], 0, 0).encode();
    Frame.send(client, Frame.REQUEST, bytes, 0, bytes.length);
  }

  private static String text(ByteBuffer frame) {
    var type = frame.get() == Frame.OUT ? "OUT " : "ERR ";
    return type + StandardCharsets.UTF_8.decode(frame);
  }
}
