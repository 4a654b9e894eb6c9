package io.jkube.cli.cp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes an archive as it goes (POSIX pax: ustar, and extended headers for what does not fit in).
 * One thread's.
 */
final class TarOutput {
  static final int BLOCK_BYTES = 512;
  private static final int NAME_BYTES = 100;
  private static final int CHECKSUM_AT = 148;
  private static final long BIGGEST_OCTAL = 077777777777L;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;

  TarOutput(OutputStream out) {
    this.out = out;
  }

  /** An entry without content. */
  void add(TarEntry entry) throws IOException {
    add(entry, InputStream.nullInputStream());
  }

  /**
   * @param content at least as many bytes as the entry says; no more are read
   * @throws EOFException when there are fewer
   */
  void add(TarEntry entry, InputStream content) throws IOException {
    var extended = extended(entry);
    if (extended.length > 0) {
      out.write(header(new TarEntry("pax", 'x', 0644, extended.length, 0, "")));
      out.write(extended);
      pad(extended.length);
    }
    out.write(header(entry));
    copy(content, entry);
    pad(entry.size());
  }

  /** Writes the end; the stream stays open. */
  void finish() throws IOException {
    out.write(new byte[2 * BLOCK_BYTES]);
    out.flush();
  }

  private void copy(InputStream content, TarEntry entry) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long left = entry.size();
    while (left > 0) {
      int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException(entry.name() + " became shorter while it was read");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private void pad(long size) throws IOException {
    int rest = (int) (size % BLOCK_BYTES);
    out.write(new byte[rest == 0 ? 0 : BLOCK_BYTES - rest]);
  }

  private static byte[] extended(TarEntry entry) {
    var records = new StringBuilder();
    if (utf8(entry.name()).length > NAME_BYTES) {
      records.append(paxRecord("path", entry.name()));
    }
    if (utf8(entry.link()).length > NAME_BYTES) {
      records.append(paxRecord("linkpath", entry.link()));
    }
    if (entry.size() > BIGGEST_OCTAL) {
      records.append(paxRecord("size", Long.toString(entry.size())));
    }
    return utf8(records.toString());
  }

  /** {@code LENGTH KEY=VALUE\n}, where the length counts itself. */
  private static String paxRecord(String key, String value) {
    int rest = utf8(" " + key + "=" + value + "\n").length;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    return length + " " + key + "=" + value + "\n";
  }

  private static byte[] header(TarEntry entry) {
    var header = new byte[BLOCK_BYTES];
    put(header, 0, NAME_BYTES, utf8(entry.name()));
    octal(header, 100, 7, entry.mode());
    octal(header, 108, 7, 0);
    octal(header, 116, 7, 0);
    octal(header, 124, 11, Math.min(entry.size(), BIGGEST_OCTAL));
    octal(header, 136, 11, Math.max(0, entry.modifiedSeconds()));
    header[156] = (byte) entry.type();
    put(header, 157, NAME_BYTES, utf8(entry.link()));
    put(header, 257, 8, utf8("ustar\00000"));
    put(header, CHECKSUM_AT, 8, utf8("        "));
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    octal(header, CHECKSUM_AT, 6, sum);
    header[CHECKSUM_AT + 6] = 0;
    return header;
  }

  private static void octal(byte[] header, int at, int digits, long value) {
    put(header, at, digits, utf8(String.format("%0" + digits + "o", value)));
  }

  private static void put(byte[] header, int at, int most, byte[] bytes) {
    System.arraycopy(bytes, 0, header, at, Math.min(most, bytes.length));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
