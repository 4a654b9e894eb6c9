package io.jkube.network.dns;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What has to be known of an answer that passes through. */
final class ForeignAnswer {
  private static final int TRUNCATED = 0x0200;
  private static final int CODE = 0xf;
  private static final int POINTER = 0xc0;

  private record Seen(int type, int ttlSeconds, byte[] data) {}

  private ForeignAnswer() {}

  /** How long all of it may be believed; 0: not at all, as it is no whole answer. */
  static int leastTtlSeconds(byte[] message) {
    if (message.length < Question.HEADER_BYTES) {
      return 0;
    }
    int flags = ByteBuffer.wrap(message).getShort(2);
    int code = flags & CODE;
    boolean usable = (flags & TRUNCATED) == 0 && (code == 0 || code == Message.NO_SUCH_NAME);
    if (!usable) {
      return 0;
    }
    return records(message, 2).stream()
        .filter(seen -> seen.type != RecordType.OPT)
        .mapToInt(Seen::ttlSeconds)
        .min()
        .orElse(0);
  }

  /** The addresses of that type in the answer, whatever aliases led to them. */
  static List<byte[]> addresses(byte[] message, int type) {
    return records(message, 1).stream()
        .filter(seen -> seen.type == type)
        .map(Seen::data)
        .filter(data -> data.length == (type == RecordType.A ? 4 : 16))
        .toList();
  }

  /**
   * @param sections 1: the answer's; 2: the authority's, too
   */
  private static List<Seen> records(byte[] message, int sections) {
    var seen = new ArrayList<Seen>();
    try {
      var in = ByteBuffer.wrap(message);
      int questions = in.getShort(4) & 0xffff;
      int count = in.getShort(6) & 0xffff;
      count += sections > 1 ? in.getShort(8) & 0xffff : 0;
      in.position(Question.HEADER_BYTES);
      for (int i = 0; i < questions; i++) {
        skipName(in);
        in.getInt();
      }
      for (int i = 0; i < count; i++) {
        skipName(in);
        int type = in.getShort() & 0xffff;
        in.getShort();
        int ttl = Math.max(0, in.getInt());
        var data = new byte[in.getShort() & 0xffff];
        in.get(data);
        seen.add(new Seen(type, ttl, data));
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException cut) {
      return List.of();
    }
    return seen;
  }

  private static void skipName(ByteBuffer in) {
    for (int length = in.get() & 0xff; length > 0; length = in.get() & 0xff) {
      if ((length & POINTER) == POINTER) {
        in.get();
        return;
      }
      in.position(in.position() + length);
    }
  }
}
