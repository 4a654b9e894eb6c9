package io.jkube.kubelet.probe;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A compressed block of HTTP/2 header fields (HPACK, RFC 7541), from a server that was told to keep
 * no table. Fields whose name is an index are passed over: nothing asked for here is among them.
 */
final class HeaderBlock {
  private static final int INDEXED = 0x80;
  private static final int WITH_INDEXING = 0x40;
  private static final int TABLE_SIZE = 0x20;
  private static final int HUFFMAN = 0x80;

  private final ByteBuffer bytes;
  private final Map<String, String> fields = new HashMap<>();

  private HeaderBlock(byte[] block) {
    this.bytes = ByteBuffer.wrap(block);
  }

  /**
   * @throws IOException when it is no such block
   */
  static Map<String, String> read(byte[] block) throws IOException {
    try {
      var reader = new HeaderBlock(block);
      while (reader.bytes.hasRemaining()) {
        reader.field();
      }
      return reader.fields;
    } catch (BufferUnderflowException cut) {
      throw new IOException("no HTTP/2: a cut header block", cut);
    }
  }

  private void field() throws IOException {
    int first = bytes.get() & 0xff;
    if ((first & INDEXED) != 0) {
      number(first, 7);
    } else if ((first & WITH_INDEXING) != 0) {
      literal(number(first, 6));
    } else if ((first & TABLE_SIZE) != 0) {
      number(first, 5);
    } else {
      literal(number(first, 4));
    }
  }

  private void literal(int index) throws IOException {
    var name = index == 0 ? text() : "";
    var value = text();
    if (!name.isEmpty()) {
      fields.put(name, value);
    }
  }

  /** A number that begins in the low bits of a byte. */
  private int number(int first, int bits) throws IOException {
    int full = (1 << bits) - 1;
    int value = first & full;
    if (value < full) {
      return value;
    }
    for (int shift = 0; shift <= 21; shift += 7) {
      int next = bytes.get();
      value += (next & 0x7f) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException("no HTTP/2: a number too long");
  }

  private String text() throws IOException {
    int first = bytes.get() & 0xff;
    int length = number(first, 7);
    if (length > bytes.remaining()) {
      throw new IOException("no HTTP/2: a string too long");
    }
    var text = new byte[length];
    bytes.get(text);
    return (first & HUFFMAN) != 0
        ? HuffmanText.read(text)
        : new String(text, StandardCharsets.ISO_8859_1);
  }
}
