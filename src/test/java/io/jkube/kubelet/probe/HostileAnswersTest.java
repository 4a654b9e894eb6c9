package io.jkube.kubelet.probe;

import io.jkube.testing.Hostile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A gRPC probe against a container that answers what it likes. */
final class HostileAnswersTest {
  /** RFC 7541, C.4.1 without and with Huffman's code: a literal name and value. */
  private static final byte[] BLOCK =
      HexFormat.of()
          .parseHex(
              "828684"
                  + "000a637573746f6d2d6b65790d637573746f6d2d686561646572"
                  + "408825a849e95ba97d7f8925a849e95bb8e8b4bf");

  /** SETTINGS, HEADERS, DATA of "SERVING", trailers. */
  private static final byte[] FRAMES =
      HexFormat.of()
          .parseHex(
              "000000"
                  + "0400"
                  + "00000000"
                  + ("000004" + "0104" + "00000001" + "88828684")
                  + ("000007" + "0000" + "00000001" + "00000000020801")
                  + ("00000f" + "0105" + "00000001" + "000b677270632d737461747573" + "0130"));

  private final Hostile hostile = new Hostile(9113);

  @Test
  void headers() {
    hostile.bytes(BLOCK, HeaderBlock::read, IOException.class);
  }

  @Test
  void frames() {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    hostile.bytes(
        FRAMES,
        bytes -> Http2Call.post(new Recording(bytes), "a", "/h", new byte[0], deadline),
        IOException.class);
  }

  /** What a server says whatever it is asked. */
  private static final class Recording extends Socket {
    private final InputStream said;

    private Recording(byte[] said) {
      this.said = new ByteArrayInputStream(said);
    }

    @Override
    public InputStream getInputStream() {
      return said;
    }

    @Override
    public OutputStream getOutputStream() {
      return new ByteArrayOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) {
      // Nothing here is waited for.
    }
  }
}
