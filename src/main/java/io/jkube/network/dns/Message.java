package io.jkube.network.dns;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes answers. */
final class Message {
  static final int NO_ERROR = 0;
  static final int SERVER_FAILURE = 2;
  static final int NO_SUCH_NAME = 3;
  static final int REFUSED = 5;

  /** As long as a client may believe us: short, as endpoints come and go. */
  static final int TTL_SECONDS = 5;

  static final int MAX_BYTES = 65_535;
  private static final int RESPONSE = 0x8000;
  private static final int AUTHORITATIVE = 0x0400;
  private static final int TRUNCATED = 0x0200;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int RECURSION_AVAILABLE = 0x0080;
  private static final int CLASS_IN = 1;
  private static final int OWN_UDP_BYTES = 1232;
  private static final int FLAGS_AT = 2;
  private static final int COUNTS_AT = 6;

  private Message() {}

  /**
   * An answer of our own.
   *
   * @param query the whole question, whose name is repeated as it was written
   * @param zone for the authority of a negative answer
   * @param maxBytes what does not fit is left out, and the message says so
   */
  static ByteBuffer of(
      Question question, ByteBuffer query, int code, Answer answer, String zone, int maxBytes) {
    var out = ByteBuffer.allocate(maxBytes);
    int flags = RESPONSE | AUTHORITATIVE | RECURSION_AVAILABLE | code;
    flags |= question.flags() & RECURSION_DESIRED;
    out.putShort((short) question.id()).putShort((short) flags);
    out.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    out.put(query.slice(Question.HEADER_BYTES, question.end() - Question.HEADER_BYTES));
    int reserved = question.extended() ? 11 : 0;
    out.limit(maxBytes - reserved);
    var authority =
        answer.records().isEmpty()
            ? List.<DnsRecord>of(new DnsRecord.Authority(zone))
            : List.<DnsRecord>of();
    boolean whole = section(out, 0, answer.records());
    whole = whole && section(out, 1, authority);
    if (whole) {
      section(out, 2, answer.additional()); // nobody depends on these
    } else {
      out.putShort(FLAGS_AT, (short) (flags | TRUNCATED));
    }
    out.limit(maxBytes);
    if (question.extended()) {
      out.put((byte) 0).putShort((short) RecordType.OPT).putShort((short) OWN_UDP_BYTES);
      out.putInt(0).putShort((short) 0);
      count(out, 2);
    }
    return out.flip();
  }

  private static boolean section(ByteBuffer out, int section, List<DnsRecord> records) {
    for (var each : records) {
      int start = out.position();
      try {
        write(out, each);
        count(out, section);
      } catch (BufferOverflowException full) {
        out.position(start);
        return false;
      }
    }
    return true;
  }

  private static void count(ByteBuffer out, int section) {
    int at = COUNTS_AT + 2 * section;
    out.putShort(at, (short) (out.getShort(at) + 1));
  }

  private static void write(ByteBuffer out, DnsRecord each) {
    name(out, each.name());
    int head = out.position();
    out.putShort((short) 0).putShort((short) CLASS_IN).putInt(TTL_SECONDS).putShort((short) 0);
    int begin = out.position();
    out.putShort(head, (short) data(out, each));
    out.putShort(begin - 2, (short) (out.position() - begin));
  }

  /** Writes what the record says, and answers its type. */
  private static int data(ByteBuffer out, DnsRecord each) {
    return switch (each) {
      case DnsRecord.Address(var owner, var bytes) -> {
        out.put(bytes);
        yield bytes.length == 4 ? RecordType.A : RecordType.AAAA;
      }
      case DnsRecord.Alias(var owner, var target) -> {
        name(out, target);
        yield RecordType.CNAME;
      }
      case DnsRecord.Pointer(var owner, var target) -> {
        name(out, target);
        yield RecordType.PTR;
      }
      case DnsRecord.NameServer(var owner, var target) -> {
        name(out, target);
        yield RecordType.NS;
      }
      case DnsRecord.Text(var owner, var text) -> {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.put((byte) bytes.length).put(bytes);
        yield RecordType.TXT;
      }
      case DnsRecord.Server(var owner, var target, var port, var weight) -> {
        out.putShort((short) 0).putShort((short) weight).putShort((short) port);
        name(out, target);
        yield RecordType.SRV;
      }
      case DnsRecord.Authority(var zone) -> {
        name(out, "ns.dns." + zone);
        name(out, "hostmaster." + zone);
        out.putInt(1).putInt(7200).putInt(1800).putInt(86_400).putInt(TTL_SECONDS);
        yield RecordType.SOA;
      }
    };
  }

  private static void name(ByteBuffer out, String name) {
    for (var label : name.split("\\.")) {
      var bytes = label.getBytes(StandardCharsets.ISO_8859_1);
      out.put((byte) bytes.length).put(bytes);
    }
    out.put((byte) 0);
  }
}
