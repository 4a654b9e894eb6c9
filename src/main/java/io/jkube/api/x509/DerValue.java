package io.jkube.api.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value of DER (ITU-T X.690), taken apart.
 *
 * @param tag its first byte
 * @param content what is inside
 * @param encoded all of it, as it was read
 */
record DerValue(int tag, byte[] content, byte[] encoded) {
  private static final int MAX_LENGTH_BYTES = 3;
  private static final int OBJECT_IDENTIFIER = 0x06;

  /**
   * @throws IllegalArgumentException these bytes are not one value
   */
  static DerValue parse(byte[] bytes) {
    var all = parseAll(bytes);
    if (all.size() != 1) {
      throw new IllegalArgumentException("asn1: " + all.size() + " values instead of one");
    }
    return all.getFirst();
  }

  /** The values inside this one. */
  List<DerValue> parts() {
    return parseAll(content);
  }

  /** The value inside this one at that place. */
  DerValue part(int index) {
    var parts = parts();
    if (index >= parts.size()) {
      throw new IllegalArgumentException("asn1: sequence truncated");
    }
    return parts.get(index);
  }

  DerValue expect(int wanted) {
    if (tag != wanted) {
      throw new IllegalArgumentException("asn1: tag %#x instead of %#x".formatted(tag, wanted));
    }
    return this;
  }

  /** An object identifier in its dotted form. */
  String oid() {
    expect(OBJECT_IDENTIFIER);
    var dotted = new StringBuilder();
    long arc = 0;
    for (byte next : content) {
      if (arc > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("asn1: object identifier too large");
      }
      arc = arc << 7 | next & 0x7f;
      if (next >= 0) {
        dotted.append(dotted.isEmpty() ? firstArcs(arc) : "." + arc);
        arc = 0;
      }
    }
    return dotted.toString();
  }

  private static String firstArcs(long both) {
    long first = Math.min(2, both / 40);
    return first + "." + (both - 40 * first);
  }

  private static List<DerValue> parseAll(byte[] bytes) {
    var values = new ArrayList<DerValue>();
    int at = 0;
    while (at < bytes.length) {
      var value = one(bytes, at);
      values.add(value);
      at += value.encoded.length;
    }
    return values;
  }

  private static DerValue one(byte[] bytes, int start) {
    int at = start + 2;
    if (at > bytes.length) {
      throw truncated();
    }
    int length = bytes[start + 1] & 0xff;
    if (length >= 0x80) {
      int lengthBytes = length & 0x7f;
      if (lengthBytes == 0 || lengthBytes > MAX_LENGTH_BYTES || at + lengthBytes > bytes.length) {
        throw truncated();
      }
      length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | bytes[at++] & 0xff;
      }
    }
    if (length > bytes.length - at) {
      throw truncated();
    }
    return new DerValue(
        bytes[start] & 0xff,
        Arrays.copyOfRange(bytes, at, at + length),
        Arrays.copyOfRange(bytes, start, at + length));
  }

  private static IllegalArgumentException truncated() {
    return new IllegalArgumentException("asn1: data truncated");
  }
}
