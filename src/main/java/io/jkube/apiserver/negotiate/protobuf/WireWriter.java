package io.jkube.apiserver.negotiate.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes messages in the protobuf wire format into memory. One thread's. */
public final class WireWriter {
  private static final int INITIAL_BYTES = 512;
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] buffer = new byte[INITIAL_BYTES];
  private int size;

  public void tag(int number, int wireType) {
    varint((long) number << 3 | wireType);
  }

  public void varint(long value) {
    ensure(MAX_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  public void fixed64(long value) {
    ensure(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  /** A length and the bytes. */
  public void bytes(byte[] value) {
    varint(value.length);
    raw(value);
  }

  public void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes alone. */
  public void raw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  /** Begins a message; {@link #close} takes what this gives. */
  public int open() {
    return size;
  }

  /** A field with a text. */
  public void text(int number, String value) {
    tag(number, WireReader.BYTES);
    text(value);
  }

  /** A field with a message, whose fields {@code fields} writes. */
  public void message(int number, Runnable fields) {
    tag(number, WireReader.BYTES);
    int mark = open();
    fields.run();
    close(mark);
  }

  /** A field with a flag. */
  public void flag(int number, boolean value) {
    tag(number, WireReader.VARINT);
    varint(value ? 1 : 0);
  }

  /** Ends the message begun at {@code mark}: its length is put before it. */
  public void close(int mark) {
    int length = size - mark;
    int lengthBytes = varintBytes(length);
    ensure(lengthBytes);
    System.arraycopy(buffer, mark, buffer, mark + lengthBytes, length);
    size = mark;
    varint(length);
    size += length;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  private static int varintBytes(int value) {
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
  }

  private void ensure(int count) {
    if (buffer.length - size < count) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + count));
    }
  }
}
