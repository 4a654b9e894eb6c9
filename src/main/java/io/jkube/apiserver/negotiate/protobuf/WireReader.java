package io.jkube.apiserver.negotiate.protobuf;

import io.jkube.api.ApiException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a message in the protobuf wire format from front to back. Whatever is wrong with the bytes
 * is a BadRequest.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  /** More than any kind nests; schemas in a CustomResourceDefinition go deepest. */
  private static final int MAX_DEPTH = 500;

  private static final int MAX_VARINT_BITS = 64;

  private final byte[] bytes;
  private final int end;
  private final int depth;
  private int position;

  WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length, 0);
  }

  private WireReader(byte[] bytes, int start, int end, int depth) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.depth = depth;
  }

  boolean atEnd() {
    return position == end;
  }

  /** The next field's number and wire type: {@code number << 3 | type}. */
  int tag() {
    long tag = varint();
    if (tag >>> 3 == 0 || tag != (int) tag) {
      throw malformed("illegal tag " + tag);
    }
    return (int) tag;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      byte next = bytes[advance(1)];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("integer overflow");
  }

  long fixed64() {
    int at = advance(Long.BYTES);
    return ByteBuffer.wrap(bytes, at, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  byte[] bytes() {
    int length = length();
    int at = advance(length);
    return Arrays.copyOfRange(bytes, at, at + length);
  }

  String text() {
    int length = length();
    int at = advance(length);
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(bytes, at, length)).toString();
    } catch (CharacterCodingException notText) {
      throw malformed("string field contains invalid UTF-8");
    }
  }

  /** A reader of the message that stands here. */
  WireReader message() {
    if (depth == MAX_DEPTH) {
      throw malformed("messages nested more than " + MAX_DEPTH + " deep");
    }
    int length = length();
    int at = advance(length);
    return new WireReader(bytes, at, at + length, depth + 1);
  }

  void skip(int wireType) {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case BYTES -> advance(length());
      case FIXED32 -> advance(Integer.BYTES);
      case START_GROUP, END_GROUP -> throw malformed("groups are not supported");
      default -> throw malformed("illegal wireType " + wireType);
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw malformed("unexpected EOF");
    }
    return (int) length;
  }

  private int advance(int count) {
    int at = position;
    if (count > end - at) {
      throw malformed("unexpected EOF");
    }
    position = at + count;
    return at;
  }

  static ApiException malformed(String why) {
    return ApiException.badRequest("the object provided is not valid protobuf: " + why);
  }
}
