package io.jkube.network.dns;

import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * An answer of our own, as it goes over the wire.
 *
 * @param code one of {@link org.xbill.DNS.Rcode}
 * @param zone {@code cluster.local}: whose authority a negative answer names
 */
record Reply(Question question, int code, Answer answer, String zone) {
  static final int MAX_BYTES = 65_535;

  /** As long as a client may believe us: short, as endpoints come and go. */
  static final int TTL_SECONDS = 5;

  private static final int OWN_UDP_BYTES = 1232;
  private static final int SERIAL = 1;
  private static final int REFRESH_SECONDS = 7_200;
  private static final int RETRY_SECONDS = 1_800;
  private static final int EXPIRE_SECONDS = 86_400;

  /**
   * As bytes.
   *
   * @param maxBytes what does not fit is left out, and the message says so
   */
  byte[] bytes(int maxBytes) {
    var records = answer.records().stream().map(this::record).toList();
    var whole = bytes(records, answer.additional().stream().map(this::record).toList(), false);
    if (whole.length > maxBytes) {
      whole = bytes(records, List.of(), false); // nobody depends on the additional ones
    }
    return whole.length > maxBytes ? cut(records, maxBytes) : whole;
  }

  /** As many of the records as fit: who cannot ask by TCP goes on with them. */
  private byte[] cut(List<Record> records, int maxBytes) {
    int fit = 0;
    for (int more = Integer.highestOneBit(records.size()); more > 0; more /= 2) {
      int count = fit + more;
      if (count < records.size()
          && bytes(records.subList(0, count), List.of(), true).length <= maxBytes) {
        fit = count;
      }
    }
    return bytes(records.subList(0, fit), List.of(), true);
  }

  private byte[] bytes(List<Record> records, List<Record> additional, boolean truncated) {
    var message = new Message(question.id());
    var header = message.getHeader();
    header.setFlag(Flags.QR);
    header.setFlag(Flags.AA);
    header.setFlag(Flags.RA);
    if (question.wantsRecursion()) {
      header.setFlag(Flags.RD);
    }
    if (truncated) {
      header.setFlag(Flags.TC);
    }
    header.setRcode(code);
    message.addRecord(question.asked(), Section.QUESTION);
    records.forEach(each -> message.addRecord(each, Section.ANSWER));
    if (answer.records().isEmpty()) {
      message.addRecord(record(new DnsRecord.Authority(zone)), Section.AUTHORITY);
    }
    additional.forEach(each -> message.addRecord(each, Section.ADDITIONAL));
    if (question.isExtended()) {
      message.addRecord(new OPTRecord(OWN_UDP_BYTES, 0, 0), Section.ADDITIONAL);
    }
    return message.toWire();
  }

  private Record record(DnsRecord each) {
    var owner = name(each.name());
    return switch (each) {
      case DnsRecord.Address(var any, var bytes) ->
          bytes.length == 4
              ? new ARecord(owner, DClass.IN, TTL_SECONDS, bytes)
              : new AAAARecord(owner, DClass.IN, TTL_SECONDS, bytes);
      case DnsRecord.Alias(var any, var target) ->
          new CNAMERecord(owner, DClass.IN, TTL_SECONDS, name(target));
      case DnsRecord.Pointer(var any, var target) ->
          new PTRRecord(owner, DClass.IN, TTL_SECONDS, name(target));
      case DnsRecord.NameServer(var any, var target) ->
          new NSRecord(owner, DClass.IN, TTL_SECONDS, name(target));
      case DnsRecord.Text(var any, var text) -> new TXTRecord(owner, DClass.IN, TTL_SECONDS, text);
      case DnsRecord.Server(var any, var target, var port, var weight) ->
          new SRVRecord(owner, DClass.IN, TTL_SECONDS, 0, weight, port, name(target));
      case DnsRecord.Authority(var any) ->
          new SOARecord(
              owner,
              DClass.IN,
              TTL_SECONDS,
              name("ns.dns." + zone),
              name("hostmaster." + zone),
              SERIAL,
              REFRESH_SECONDS,
              RETRY_SECONDS,
              EXPIRE_SECONDS,
              TTL_SECONDS);
    };
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException noName) {
      throw new IllegalArgumentException(text, noName);
    }
  }
}
