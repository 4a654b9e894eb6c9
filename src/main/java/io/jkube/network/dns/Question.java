package io.jkube.network.dns;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * What a client asks: one question, as all clients do.
 *
 * @param message all that was sent
 * @param name in lower case, without the dot at its end
 */
record Question(Message message, String name) {
  private static final int PLAIN_BYTES = 512;
  private static final int MOST_BYTES = 4096;

  /** Empty for what is no question: an answer, another operation, garbage. */
  static Optional<Question> read(byte[] bytes) {
    try {
      var message = new Message(bytes);
      var header = message.getHeader();
      boolean isQuestion =
          !header.getFlag(Flags.QR)
              && header.getOpcode() == Opcode.QUERY
              && header.getCount(Section.QUESTION) == 1;
      return isQuestion ? Optional.of(of(message)) : Optional.empty();
    } catch (IOException | IllegalArgumentException garbage) {
      return Optional.empty();
    }
  }

  private static Question of(Message message) {
    var name = message.getQuestion().getName();
    return new Question(message, name.toString(true).toLowerCase(Locale.ROOT));
  }

  /** By which the client knows its answer. */
  int id() {
    return message.getHeader().getID();
  }

  /** As it was written. */
  Record asked() {
    return message.getQuestion();
  }

  /** One of {@link org.xbill.DNS.Type}. */
  int type() {
    return asked().getType();
  }

  /** Whether it is about the internet, as all questions are but a few about servers themselves. */
  boolean isOfInternet() {
    return asked().getDClass() == DClass.IN;
  }

  /** Whether others may be asked for it. */
  boolean wantsRecursion() {
    return message.getHeader().getFlag(Flags.RD);
  }

  /** Whether the client speaks EDNS. */
  boolean isExtended() {
    return message.getOPT() != null;
  }

  /** How long an answer in one datagram may be. */
  int maxBytes() {
    int size = isExtended() ? message.getOPT().getPayloadSize() : 0;
    return Math.clamp(size, PLAIN_BYTES, MOST_BYTES);
  }

  /** The same for another server: without what is between this client and us alone (cookies). */
  byte[] passedOn() {
    var passed = new Message(id());
    for (int flag : List.of((int) Flags.RD, (int) Flags.AD, (int) Flags.CD)) {
      if (message.getHeader().getFlag(flag)) {
        passed.getHeader().setFlag(flag);
      }
    }
    passed.addRecord(asked(), Section.QUESTION);
    if (isExtended()) {
      int signatures = message.getOPT().getFlags() & ExtendedFlags.DO;
      passed.addRecord(new OPTRecord(maxBytes(), 0, 0, signatures), Section.ADDITIONAL);
    }
    return passed.toWire();
  }
}
