package io.jkube.network.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** A question of our own. */
final class Query {
  private Query() {}

  /**
   * @param type one of {@link org.xbill.DNS.Type}
   * @throws IllegalArgumentException it is no name
   */
  static byte[] of(String name, int type) {
    try {
      var asked = Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN);
      return Message.newQuery(asked).toWire();
    } catch (TextParseException noName) {
      throw new IllegalArgumentException(name, noName);
    }
  }
}
