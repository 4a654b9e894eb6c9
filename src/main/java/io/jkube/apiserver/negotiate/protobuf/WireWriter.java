package io.jkube.apiserver.negotiate.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes messages in the protobuf wire format into memory. One thread's. */
final class WireWriter {
  private static final int INITIAL_BYTES = 512;
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] buffer = new byte[INITIAL_BYTES];
  private int size;

  void tag(int number, int wireType) {
    varint((long) number << 3 | wireType);
  }

  void varint(long value) {
    ensure(MAX_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  void fixed64(long value) {
    ensure(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  /** A length and the bytes. */
  void bytes(byte[] value) {
    varint(value.length);
    raw(value);
  }

  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes alone. */
  void raw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  /** Begins a message; {@link #close} takes what this gives. */
  int open() {
    return size;
  }

  /** Ends the message begun at {@code mark}: its length is put before it. */
  void close(int mark) {
    int length = size - mark;
    int lengthBytes = varintBytes(length);
    ensure(lengthBytes);
    System.arraycopy(buffer, mark, buffer, mark + lengthBytes, length);
    size = mark;
    varint(length);
    size += length;
  }

  byte[] toByteArray() {
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
