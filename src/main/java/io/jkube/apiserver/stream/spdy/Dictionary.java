package io.jkube.apiserver.stream.spdy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What both sides of SPDY/3 know before they compress headers: words with their lengths before
 * them, and a text of frequent values.
 */
final class Dictionary {
  static final byte[] BYTES = read();

  private Dictionary() {}

  private static byte[] read() {
    try (var resource = Dictionary.class.getResourceAsStream("/spdy/dictionary.txt")) {
      var lines = new String(resource.readAllBytes(), StandardCharsets.US_ASCII).split("\n");
      var bytes = new ByteArrayOutputStream();
      for (int i = 0; i < lines.length - 1; i++) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(lines[i].length()).array());
        bytes.writeBytes(lines[i].getBytes(StandardCharsets.US_ASCII));
      }
      bytes.writeBytes(lines[lines.length - 1].getBytes(StandardCharsets.US_ASCII));
      return bytes.toByteArray();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the dictionary of SPDY cannot be read", unreadable);
    }
  }
}
