package io.jkube.apiserver.stream.spdy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.stream.PipeLink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Adler32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class SpdySessionTest {
  private final LinkedBlockingQueue<SpdyStream> opened = new LinkedBlockingQueue<>();
  private PipeLink far;
  private PipeLink near;
  private SpdyTestClient client;
  private Thread reader;

  @BeforeEach
  void connect() throws IOException {
    var pair = PipeLink.pair();
    far = pair[0];
    near = pair[1];
    client = new SpdyTestClient(far);
    var session = new SpdySession(near);
    reader = Thread.ofVirtual().start(() -> session.serve(opened::add));
  }

  @AfterEach
  void disconnect() throws Exception {
    far.close();
    reader.join();
    near.close();
  }

  /** The checksum that the specification's dictionary has, and that every client sends. */
  @Test
  void theDictionaryIsThatOfTheSpecification() {
    var checksum = new Adler32();
    checksum.update(Dictionary.BYTES);
    assertEquals(0xe3c6a7c2L, checksum.getValue());
  }

  @Test
  void streamsGoBothWaysAndEndOneByOne() throws Exception {
    int a = client.open(Map.of("streamtype", "a", "port", "80"));
    int b = client.open(Map.of("streamtype", "b"));
    client.send(a, false, "to ");
    client.send(b, true, "to b");
    client.send(a, true, "a");
    var first = opened.take();
    var second = opened.take();
    assertEquals("80", first.header("port"));
    assertEquals("", first.header("none"));
    assertEquals("to a", text(first));
    assertEquals("to b", text(second));
    second.output().write("from b".getBytes(StandardCharsets.UTF_8));
    first.output().close();
    second.output().close();
    assertEquals(Map.of(a, "", b, "from b"), client.readUntilEnded(2));
    assertThrows(IOException.class, () -> first.output().write(1));
  }

  private static String text(SpdyStream stream) throws IOException {
    return new String(stream.input().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void pingsAreAnswered() throws Exception {
    int a = client.open(Map.of("streamtype", "a"));
    client.ping(7);
    client.ping(8); // an answer to a ping nobody sent
    client.send(a, true, "");
    var stream = opened.take();
    stream.input().readAllBytes(); // its end comes behind the pings
    stream.output().close();
    var said = client.readUntilEnded(1);
    assertEquals("\0\0\0\7", said.get(-1));
  }

  /** What nobody reads waits at the client, not here. */
  @Test
  void aStreamThatNobodyReadsStopsItsClient() throws Exception {
    int a = client.open(Map.of("streamtype", "a"));
    var stream = opened.take();
    var piece = "x".repeat(16 * 1024);
    var sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 4096; i++) {
                      client.send(a, i == 4095, piece);
                    }
                  } catch (IOException lost) {
                    throw new java.io.UncheckedIOException(lost);
                  }
                });
    assertFalse(sender.join(Duration.ofMillis(300)));
    assertEquals(4096L * piece.length(), stream.input().skip(Long.MAX_VALUE));
    sender.join();
  }

  @Test
  void aStreamWhoseReaderLeftHoldsNobodyUp() throws Exception {
    int a = client.open(Map.of("streamtype", "a"));
    int b = client.open(Map.of("streamtype", "b"));
    opened.take().input().close();
    for (int i = 0; i < 100; i++) {
      client.send(a, false, "x".repeat(16 * 1024));
    }
    client.send(b, true, "b");
    assertEquals("b", text(opened.take()));
  }

  @Test
  void aConnectionThatIsGoneEndsItsStreams() throws Exception {
    client.open(Map.of("streamtype", "a"));
    var stream = opened.take();
    far.close();
    assertEquals(-1, stream.input().read());
    assertThrows(IOException.class, () -> stream.output().write(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80020001 0000000a 00000001 00000000 0000", // version 2
        "80030001 00000004 00000001", // a cut SYN_STREAM
        "80030001 00ffffff 00000001", // headers of 16 MB
        "80030001 0000000e 00000001 00000000 0000 41424344", // headers that are not compressed
        "80030003 00000004 00000001", // a cut RST_STREAM
        "80030006 00000001 00" // a cut PING
      })
  void whoBreaksTheRulesIsLeft(String frames) throws Exception {
    far.output().write(HexFormat.of().parseHex(frames.replace(" ", "")));
    reader.join();
    assertTrue(opened.isEmpty());
  }

  @Test
  void headersThatUnfoldToTooMuchAreRefused() throws Exception {
    var deflater = new Deflater();
    deflater.setDictionary(Dictionary.BYTES);
    deflater.setInput(ByteBuffer.allocate(1 << 20).putInt(1).array());
    var block = new byte[8192];
    int length = deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
    deflater.end();
    try (var headers = new HeaderBlocks()) {
      var bomb = java.util.Arrays.copyOf(block, length);
      assertThrows(SpdyViolation.class, () -> headers.read(bomb));
    }
  }

  @Test
  void noiseIsRefusedOrRead() throws Exception {
    var random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      var noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      if (noise.length > 4 && random.nextBoolean()) {
        System.arraycopy(new byte[] {(byte) 0x80, 3, 0, (byte) random.nextInt(10)}, 0, noise, 0, 4);
      }
      try (var headers = new HeaderBlocks()) {
        var frames = new FrameReader(new ByteArrayInputStream(noise), headers);
        while (frames.next() != null) {}
      } catch (IOException refused) {
        assertTrue(refused.getMessage() == null || !refused.getMessage().isEmpty());
      }
    }
  }
}
