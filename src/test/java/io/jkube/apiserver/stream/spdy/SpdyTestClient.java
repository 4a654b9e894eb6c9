package io.jkube.apiserver.stream.spdy;

import io.jkube.api.stream.Link;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The other side of a session, written from the specification. */
public final class SpdyTestClient {
  private final Link link;
  private final HeaderBlocks headers = new HeaderBlocks();
  private int next = 1;

  public SpdyTestClient(Link link) {
    this.link = link;
  }

  /** Opens a stream; answers its id. */
  public int open(Map<String, String> told) throws IOException {
    int id = next;
    next += 2;
    var block = headers.write(told);
    link.output()
        .write(
            ByteBuffer.allocate(18 + block.length)
                .putInt(0x80030001)
                .putInt(10 + block.length)
                .putInt(id)
                .putInt(0)
                .putShort((short) 0)
                .put(block)
                .array());
    return id;
  }

  public void send(int stream, boolean last, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    link.output()
        .write(
            ByteBuffer.allocate(8 + bytes.length)
                .putInt(stream)
                .putInt((last ? 1 << 24 : 0) | bytes.length)
                .put(bytes)
                .array());
  }

  public void ping(int id) throws IOException {
    link.output().write(ByteBuffer.allocate(12).putInt(0x80030006).putInt(4).putInt(id).array());
  }

  /** What came on each stream until the server went away or {@code streams} have ended. */
  public Map<Integer, String> readUntilEnded(int streams) throws IOException {
    var said = new TreeMap<Integer, ByteArrayOutputStream>();
    var in = new DataInputStream(link.input());
    int ended = 0;
    while (ended < streams) {
      int word = in.readInt();
      int second = in.readInt();
      var bytes = in.readNBytes(second & 0xffffff);
      if (word >= 0) {
        said.computeIfAbsent(word, any -> new ByteArrayOutputStream()).writeBytes(bytes);
        ended += (second >>> 24) & 1;
      } else if ((word & 0xffff) == 6) {
        said.computeIfAbsent(-1, any -> new ByteArrayOutputStream()).writeBytes(bytes);
      }
    }
    var texts = new TreeMap<Integer, String>();
    said.forEach((id, bytes) -> texts.put(id, bytes.toString(StandardCharsets.UTF_8)));
    return texts;
  }
}
