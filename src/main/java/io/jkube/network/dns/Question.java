package io.jkube.network.dns;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client asks: one question, as all clients do.
 *
 * @param name in lower case, without the dot at its end
 * @param end where in the message the question ends
 * @param maxBytes of an answer in one datagram
 * @param extended whether the client speaks EDNS
 */
record Question(
    int id,
    int flags,
    String name,
    int type,
    int recordClass,
    int end,
    int maxBytes,
    boolean extended) {
  static final int HEADER_BYTES = 12;
  private static final int PLAIN_BYTES = 512;
  private static final int MOST_BYTES = 4096;
  private static final int RESPONSE = 0x8000;
  private static final int OPCODE = 0x7800;
  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 255;

  /** Empty for what is no question: an answer, another operation, garbage. */
  static Optional<Question> read(ByteBuffer message) {
    try {
      var in = message.duplicate();
      int id = in.getShort() & 0xffff;
      int flags = in.getShort() & 0xffff;
      int questions = in.getShort() & 0xffff;
      in.getShort();
      in.getShort();
      int additional = in.getShort() & 0xffff;
      if ((flags & (RESPONSE | OPCODE)) != 0 || questions != 1) {
        return Optional.empty();
      }
      var name = name(in);
      int type = in.getShort() & 0xffff;
      int recordClass = in.getShort() & 0xffff;
      int end = in.position();
      int size = additional == 0 ? 0 : extendedSize(in);
      int most = Math.clamp(size, PLAIN_BYTES, MOST_BYTES);
      return Optional.of(new Question(id, flags, name, type, recordClass, end, most, size > 0));
    } catch (BufferUnderflowException | IllegalArgumentException garbage) {
      return Optional.empty();
    }
  }

  private static String name(ByteBuffer in) {
    var name = new StringBuilder();
    for (int length = in.get() & 0xff; length > 0; length = in.get() & 0xff) {
      if (length > MAX_LABEL || name.length() + length > MAX_NAME) {
        throw new IllegalArgumentException("no plain name");
      }
      var label = new byte[length];
      in.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.ISO_8859_1));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** The size that an OPT record tells, when it is the first of the additional ones. */
  private static int extendedSize(ByteBuffer in) {
    return in.remaining() > 4 && in.get() == 0 && (in.getShort() & 0xffff) == RecordType.OPT
        ? in.getShort() & 0xffff
        : 0;
  }
}
