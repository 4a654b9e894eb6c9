package io.jkube.api.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** A byte stream in the binary messages of a WebSocket, wherever they are cut. */
public final class WebSocketLink implements Link {
  private final WebSocketWire wire;
  private final Input input = new Input();
  private final Output output = new Output();

  public WebSocketLink(WebSocketWire wire) {
    this.wire = wire;
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void endOutput() throws IOException {
    wire.close(WebSocketWire.NORMAL_CLOSURE, "");
  }

  @Override
  public void close() throws IOException {
    endOutput();
    wire.link().close();
  }

  private final class Input extends InputStream {
    private byte[] piece = {};
    private int position;

    @Override
    public int read() throws IOException {
      return fill() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, piece.length - position);
      System.arraycopy(piece, position, into, offset, count);
      position += count;
      return count;
    }

    private boolean fill() throws IOException {
      while (position == piece.length) {
        var next = wire.next();
        if (next == null) {
          return false;
        }
        piece = next.bytes();
        position = 0;
      }
      return true;
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      wire.send(false, new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      boolean all = offset == 0 && length == bytes.length;
      wire.send(false, all ? bytes : Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
