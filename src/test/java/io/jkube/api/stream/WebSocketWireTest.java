package io.jkube.api.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.stream.WebSocketWire.Side;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class WebSocketWireTest {
  private PipeLink near;
  private PipeLink far;
  private WebSocketWire server;

  @BeforeEach
  void connect() throws IOException {
    var pair = PipeLink.pair();
    near = pair[0];
    far = pair[1];
    server = new WebSocketWire(near, Side.SERVER);
  }

  @AfterEach
  void disconnect() throws IOException {
    near.close();
    far.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 0xffff, 0x10000, 300_000})
  void messagesOfEveryLengthComeAsTheyWereSent(int length) throws Exception {
    var client = new WebSocketWire(far, Side.CLIENT);
    var message = new byte[length];
    new Random(length).nextBytes(message);
    var sender = Thread.ofVirtual().start(() -> send(client, message));
    assertArrayEquals(message, whole(server));
    sender.join();
    var answer = Thread.ofVirtual().start(() -> send(server, message));
    assertArrayEquals(message, whole(client));
    answer.join();
  }

  private static void send(WebSocketWire wire, byte[] message) {
    try {
      wire.send(false, message);
    } catch (IOException lost) {
      throw new java.io.UncheckedIOException(lost);
    }
  }

  private static byte[] whole(WebSocketWire wire) throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      var piece = wire.next();
      assertTrue(piece.bytes().length <= WebSocketWire.LONGEST_PIECE_BYTES);
      assertEquals(all.size() == 0, piece.first());
      all.write(piece.bytes());
      if (piece.last()) {
        return all.toByteArray();
      }
    }
  }

  /** "Hel" and "lo" with a ping between them, which is answered. */
  @Test
  void aMessageInFragmentsWithAPingBetween() throws Exception {
    raw("01 83 00000000 48656c", "89 81 00000000 70", "80 82 00000000 6c6f");
    var first = server.next();
    assertEquals("Hel", new String(first.bytes()));
    assertTrue(first.first() && !first.last() && first.text());
    var second = server.next();
    assertEquals("lo", new String(second.bytes()));
    assertTrue(!second.first() && second.last());
    assertArrayEquals(hex("8a 01 70"), far.input().readNBytes(3));
  }

  @Test
  void aCloseIsAnsweredOnceAndIsTheEnd() throws Exception {
    raw("88 82 00000000 03e8");
    assertNull(server.next());
    server.close(WebSocketWire.NORMAL_CLOSURE, "");
    assertThrows(IOException.class, () -> server.send(false, new byte[1]));
    near.endOutput();
    assertArrayEquals(hex("88 02 03e8"), far.input().readAllBytes());
  }

  @Test
  void aConnectionThatIsGoneIsTheEnd() throws Exception {
    far.close();
    assertNull(server.next());
  }

  /** A length that nobody will send: what was announced is not what is kept. */
  @Test
  void anAnnouncedLengthCostsNothing() throws Exception {
    raw("82 ff 7fffffffffffffff 00000000 41");
    assertArrayEquals(hex("41"), server.next().bytes());
    far.endOutput();
    assertThrows(EOFException.class, server::next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2 80 00000000", // a reserved bit
        "83 80 00000000", // an unknown opcode
        "8b 80 00000000", // an unknown control frame
        "82 01 41", // without a mask
        "80 81 00000000 41", // goes on with nothing
        "02 81 00000000 41 02 81 00000000 41", // a message in a message
        "09 81 00000000 41", // a control frame in parts
        "89 fe 007e 00000000", // a control frame too long
        "82 ff ffffffffffffffff 00000000" // a negative length
      })
  void whoBreaksTheRulesIsToldAndLeft(String frames) throws Exception {
    raw(frames);
    assertThrows(
        WebSocketWire.ProtocolViolation.class,
        () -> {
          while (server.next() != null) {}
        });
    near.endOutput();
    var told = far.input().readAllBytes();
    assertEquals((byte) 0x88, told[0]);
    assertEquals(WebSocketWire.PROTOCOL_ERROR, (told[2] & 0xff) << 8 | told[3] & 0xff);
  }

  /** Whatever comes: an answer or an exception, never a hang, never another failure. */
  @Test
  void noiseIsRefusedOrRead() throws Exception {
    var random = new Random(42);
    for (int i = 0; i < 300; i++) {
      disconnect();
      connect();
      var noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      far.output().write(noise);
      far.endOutput();
      try {
        while (server.next() != null) {}
      } catch (IOException refused) {
        assertFalse(refused.getMessage().isEmpty());
      }
    }
  }

  private void raw(String... frames) throws IOException {
    for (var frame : frames) {
      far.output().write(hex(frame));
    }
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
