package io.jkube.kubelet.runtime.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes a small tar archive in memory, in the ustar format. Equal entries make equal bytes: no
 * time, no owner.
 */
public final class Tar {
  private static final int BLOCK_BYTES = 512;
  private static final int LONGEST_NAME = 100;
  private static final int CHECKSUM_AT = 148;

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

  /** Adds a file that anyone may run. */
  public Tar program(String name, byte[] content) {
    return file(name, 0755, content);
  }

  public Tar file(String name, byte[] content) {
    return file(name, 0644, content);
  }

  public Tar folder(String name, int mode) {
    archive.writeBytes(header(name + "/", mode, 0, '5', ""));
    return this;
  }

  public Tar link(String name, String target) {
    archive.writeBytes(header(name, 0777, 0, '2', target));
    return this;
  }

  /** The archive with its end. */
  public byte[] bytes() {
    var closed = new ByteArrayOutputStream(archive.size() + 2 * BLOCK_BYTES);
    closed.writeBytes(archive.toByteArray());
    closed.writeBytes(new byte[2 * BLOCK_BYTES]);
    return closed.toByteArray();
  }

  private Tar file(String name, int mode, byte[] content) {
    archive.writeBytes(header(name, mode, content.length, '0', ""));
    archive.writeBytes(content);
    int rest = content.length % BLOCK_BYTES;
    archive.writeBytes(new byte[rest == 0 ? 0 : BLOCK_BYTES - rest]);
    return this;
  }

  private static byte[] header(String name, int mode, int size, char type, String target) {
    if (name.length() > LONGEST_NAME || target.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          name + ": a name in an archive has at most 100 characters");
    }
    var header = new byte[BLOCK_BYTES];
    put(header, 0, name);
    put(header, 100, octal(mode, 7));
    put(header, 108, octal(0, 7));
    put(header, 116, octal(0, 7));
    put(header, 124, octal(size, 11));
    put(header, 136, octal(0, 11));
    put(header, CHECKSUM_AT, " ".repeat(8));
    put(header, 156, String.valueOf(type));
    put(header, 157, target);
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    put(header, CHECKSUM_AT, octal(sum, 6) + "\0 ");
    return header;
  }

  private static String octal(int number, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "o", number);
  }

  private static void put(byte[] header, int offset, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
