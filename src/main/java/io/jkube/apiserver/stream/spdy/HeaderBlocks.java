package io.jkube.apiserver.stream.spdy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The headers of one session, which are compressed as one stream in each direction. One thread
 * reads; writers take turns, in the order of their frames.
 */
final class HeaderBlocks implements AutoCloseable {
  private static final int MOST_BYTES = 16 * 1024;
  private static final int MOST_HEADERS = 100;

  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();

  HeaderBlocks() {
    deflater.setDictionary(Dictionary.BYTES);
  }

  /**
   * @throws SpdyViolation when they are not compressed as they should be, or too many
   */
  Map<String, String> read(byte[] block) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(inflated(block)))) {
      int count = in.readInt();
      if (count < 0 || count > MOST_HEADERS) {
        throw new SpdyViolation(count + " headers");
      }
      var headers = new LinkedHashMap<String, String>();
      for (int i = 0; i < count; i++) {
        var name = text(in).toLowerCase(Locale.ROOT);
        headers.put(name, text(in));
      }
      return headers;
    } catch (EOFException cut) {
      throw new SpdyViolation("headers end in the middle");
    }
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new SpdyViolation("a header of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private byte[] inflated(byte[] block) throws SpdyViolation {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[1024];
    inflater.setInput(block);
    try {
      while (true) {
        int count = inflater.inflate(buffer);
        if (count > 0) {
          out.write(buffer, 0, count);
        } else if (inflater.needsDictionary()) {
          inflater.setDictionary(Dictionary.BYTES);
        } else {
          return out.toByteArray();
        }
        if (out.size() > MOST_BYTES) {
          throw new SpdyViolation("more than " + MOST_BYTES + " bytes of headers");
        }
      }
    } catch (DataFormatException | IllegalArgumentException malformed) {
      throw new SpdyViolation("headers are not compressed as they should be");
    }
  }

  byte[] write(Map<String, String> headers) throws IOException {
    var plain = new ByteArrayOutputStream();
    var out = new DataOutputStream(plain);
    out.writeInt(headers.size());
    for (var header : headers.entrySet()) {
      for (var text : new String[] {header.getKey(), header.getValue()}) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
    deflater.setInput(plain.toByteArray());
    var block = new ByteArrayOutputStream();
    var buffer = new byte[1024];
    int count = buffer.length;
    while (count == buffer.length) {
      count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      block.write(buffer, 0, count);
    }
    return block.toByteArray();
  }

  @Override
  public void close() {
    inflater.end();
    deflater.end();
  }
}
