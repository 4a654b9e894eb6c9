package io.jkube.api.x509;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few shapes of DER (ITU-T X.690) that a certificate is made of. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  /** From this year on RFC 5280 (4.1.2.5) wants the long form of a time. */
  private static final int FIRST_GENERALIZED_YEAR = 2050;

  private static final DateTimeFormatter SHORT_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  static final byte[] NULL = {0x05, 0x00};
  static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, join(parts));
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, join(parts));
  }

  static byte[] integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  static byte[] utf8(String text) {
    return tagged(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] content) {
    return tagged(OCTET_STRING, content);
  }

  /**
   * @param unusedBits of the last byte
   */
  static byte[] bits(int unusedBits, byte... content) {
    return tagged(BIT_STRING, join(new byte[] {(byte) unusedBits}, content));
  }

  static byte[] time(Instant time) {
    return time.atZone(ZoneOffset.UTC).getYear() < FIRST_GENERALIZED_YEAR
        ? tagged(UTC_TIME, ascii(SHORT_TIME.format(time)))
        : tagged(GENERALIZED_TIME, ascii(LONG_TIME.format(time)));
  }

  /** {@code [number] EXPLICIT}: a whole value inside. */
  static byte[] explicit(int number, byte[] value) {
    return tagged(0xa0 | number, value);
  }

  /** {@code [number] IMPLICIT} of a primitive type: only its content. */
  static byte[] implicit(int number, byte[] content) {
    return tagged(0x80 | number, content);
  }

  /** An object identifier out of its dotted form. */
  static byte[] oid(String dotted) {
    var arcs = dotted.split("\\.");
    var content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      writeBase128(Integer.parseInt(arcs[i]), content);
    }
    return tagged(OBJECT_IDENTIFIER, content.toByteArray());
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void writeBase128(int value, ByteArrayOutputStream out) {
    int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
    for (int group = groups - 1; group >= 0; group--) {
      int sevenBits = (value >>> (7 * group)) & 0x7f;
      out.write(group == 0 ? sevenBits : sevenBits | 0x80);
    }
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream(content.length + 5);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(content.length >>> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
