package io.jkube.cli.cp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads an archive as it comes: ustar with its prefix, GNU's and pax' long names and big sizes. One
 * thread's.
 */
final class TarInput {
  private static final int BLOCK_BYTES = TarOutput.BLOCK_BYTES;
  private static final int LONGEST_NAME_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private long left;
  private long padding;

  TarInput(InputStream in) {
    this.in = in;
  }

  /**
   * The next entry, whatever was left of the one before; null at the end.
   *
   * @throws IOException when what comes is no archive
   */
  TarEntry next() throws IOException {
    skipRest();
    var extra = new HashMap<String, String>();
    while (true) {
      var header = in.readNBytes(BLOCK_BYTES);
      if (header.length == 0 || isEnd(header)) {
        return null;
      }
      if (header.length < BLOCK_BYTES) {
        throw new EOFException("the archive ended in the middle");
      }
      check(header);
      char type = (char) header[156];
      open(number(header, 124, 12));
      switch (type) {
        case 'L' -> extra.put("path", cString(content()));
        case 'K' -> extra.put("linkpath", cString(content()));
        case 'x' -> extra.putAll(records(content()));
        case 'g' -> skipRest();
        default -> {
          return entry(header, type, extra);
        }
      }
    }
  }

  /** Hands on what the entry holds. */
  void copyTo(OutputStream out) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("the archive ended in the middle");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private TarEntry entry(byte[] header, char type, Map<String, String> extra) throws IOException {
    var prefix = isPosix(header) ? text(header, 345, 155) : "";
    var name = text(header, 0, 100);
    name = extra.getOrDefault("path", prefix.isEmpty() ? name : prefix + "/" + name);
    if (extra.containsKey("size")) {
      open(Long.parseLong(extra.get("size")));
    }
    boolean folder = type == TarEntry.FOLDER || name.endsWith("/");
    return new TarEntry(
        name,
        folder ? TarEntry.FOLDER : type == 0 ? TarEntry.FILE : type,
        (int) number(header, 100, 8) & 07777,
        left,
        number(header, 136, 12),
        extra.getOrDefault("linkpath", text(header, 157, 100)));
  }

  private void open(long size) {
    left = size;
    padding = (BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES;
  }

  private void skipRest() throws IOException {
    in.skipNBytes(left + padding);
    left = 0;
    padding = 0;
  }

  private byte[] content() throws IOException {
    if (left > LONGEST_NAME_BYTES) {
      throw new IOException("a header in the archive is too long");
    }
    var bytes = in.readNBytes((int) left);
    left -= bytes.length;
    skipRest();
    return bytes;
  }

  /** {@code LENGTH KEY=VALUE\n}, one after the other. */
  private static Map<String, String> records(byte[] bytes) throws IOException {
    var records = new HashMap<String, String>();
    int at = 0;
    while (at < bytes.length) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      var digits = new String(bytes, at, space - at, StandardCharsets.US_ASCII);
      int length = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
      if (length <= space - at || at + length > bytes.length) {
        throw new IOException("an extended header in the archive is malformed");
      }
      var pair = new String(bytes, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
      int equals = pair.indexOf('=');
      records.put(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1));
      at += length;
    }
    return records;
  }

  private static boolean isEnd(byte[] header) {
    for (byte each : header) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static void check(byte[] header) throws IOException {
    long told = number(header, 148, 8);
    long sum = 8 * ' ';
    for (int i = 0; i < BLOCK_BYTES; i++) {
      sum += i < 148 || i >= 156 ? header[i] & 0xff : 0;
    }
    if (sum != told) {
      throw new IOException("what came is not a tar archive");
    }
  }

  private static boolean isPosix(byte[] header) {
    return Arrays.equals(header, 257, 263, new byte[] {'u', 's', 't', 'a', 'r', 0}, 0, 6);
  }

  /** Octal digits, or with the highest bit set a number in bytes. */
  private static long number(byte[] header, int at, int length) throws IOException {
    if ((header[at] & 0x80) != 0) {
      var bytes = Arrays.copyOfRange(header, at, at + length);
      bytes[0] &= 0x7f;
      return new BigInteger(1, bytes).longValue();
    }
    var digits = text(header, at, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException malformed) {
      throw new IOException("what came is not a tar archive", malformed);
    }
  }

  private static String text(byte[] header, int at, int length) {
    return cString(Arrays.copyOfRange(header, at, at + length));
  }

  private static String cString(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
