package io.jkube.network.dns;

import java.util.List;

/**
 * What a name stands for.
 *
 * @param found whether there is such a name at all; with no records: but nothing of that type
 * @param records to answer with
 * @param additional that the client would ask for next
 */
record Answer(boolean found, List<DnsRecord> records, List<DnsRecord> additional) {
  static final Answer UNKNOWN = new Answer(false, List.of(), List.of());
  static final Answer NOTHING_OF_TYPE = new Answer(true, List.of(), List.of());

  Answer {
    records = List.copyOf(records);
    additional = List.copyOf(additional);
  }

  static Answer of(List<DnsRecord> records) {
    return new Answer(true, records, List.of());
  }
}
