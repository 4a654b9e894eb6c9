package io.jkube.network.dns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * What has to be known of an answer that passes through.
 *
 * @param message without its bytes, which are passed on as they came
 */
record ForeignAnswer(Message message) {
  /** Empty for what is no message of DNS. */
  static Optional<ForeignAnswer> read(byte[] bytes) {
    try {
      return Optional.of(new ForeignAnswer(new Message(bytes)));
    } catch (IOException | IllegalArgumentException garbage) {
      return Optional.empty();
    }
  }

  /** Whether there is more to it, which only TCP tells. */
  boolean isCut() {
    return message.getHeader().getFlag(Flags.TC);
  }

  /** Nothing but that there is more to it. */
  byte[] cut() {
    var cut = message.clone();
    cut.removeAllRecords(Section.ANSWER);
    cut.removeAllRecords(Section.AUTHORITY);
    cut.removeAllRecords(Section.ADDITIONAL);
    if (message.getOPT() != null) {
      cut.addRecord(message.getOPT(), Section.ADDITIONAL);
    }
    cut.getHeader().setFlag(Flags.TC);
    return cut.toWire();
  }

  /** How long all of it may be believed; 0: not at all, as it is no whole answer. */
  int leastTtlSeconds() {
    int code = message.getRcode();
    boolean usable = !isCut() && (code == Rcode.NOERROR || code == Rcode.NXDOMAIN);
    return usable ? (int) records().mapToLong(ForeignAnswer::ttlSeconds).min().orElse(0) : 0;
  }

  private Stream<Record> records() {
    return Stream.concat(
        message.getSection(Section.ANSWER).stream(),
        message.getSection(Section.AUTHORITY).stream());
  }

  /** That something is not there is believed as long as the zone says. */
  private static long ttlSeconds(Record each) {
    return each instanceof SOARecord authority
        ? Math.min(each.getTTL(), authority.getMinimum())
        : each.getTTL();
  }

  /** The addresses of that type in the answer, whatever aliases led to them. */
  List<byte[]> addresses(int type) {
    return message.getSection(Section.ANSWER).stream()
        .filter(each -> each.getType() == type)
        .flatMap(each -> address(each).stream())
        .toList();
  }

  private static Optional<byte[]> address(Record each) {
    return switch (each) {
      case ARecord four -> Optional.of(four.getAddress().getAddress());
      case AAAARecord six -> Optional.of(six.getAddress().getAddress());
      default -> Optional.empty();
    };
  }
}
