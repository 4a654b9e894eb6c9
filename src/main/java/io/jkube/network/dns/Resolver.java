package io.jkube.network.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Answers questions, whatever socket they came through. Thread-safe.
 *
 * @param names of the cluster
 * @param upstream for all others
 */
record Resolver(ClusterNames names, Upstream upstream) {
  /** The answer to a question about the cluster; empty where others have to be asked. */
  Optional<byte[]> own(Question question, int maxBytes) {
    if (!question.isOfInternet()) {
      return Optional.empty();
    }
    return names
        .answer(question.name(), question.type())
        .filter(answer -> aliasOf(question, answer).isEmpty())
        .map(answer -> reply(question, answer).bytes(maxBytes));
  }

  /** The answer to any other question, from wherever it can be had; waits for it. */
  byte[] foreign(Question question, boolean overTcp, int maxBytes) {
    var alias =
        names.answer(question.name(), question.type()).flatMap(answer -> aliasOf(question, answer));
    if (alias.isPresent()) {
      return reply(question, followed(alias.get(), question.type())).bytes(maxBytes);
    }
    return upstream
        .ask(question.passedOn(), overTcp)
        .map(answer -> fitting(answer, maxBytes))
        .orElseGet(() -> failure(question).bytes(maxBytes));
  }

  /** What was learnt by TCP may be too long for a datagram. */
  private static byte[] fitting(byte[] answer, int maxBytes) {
    return answer.length <= maxBytes
        ? answer
        : ForeignAnswer.read(answer).map(ForeignAnswer::cut).orElse(answer);
  }

  private Reply reply(Question question, Answer answer) {
    int code = answer.found() ? Rcode.NOERROR : Rcode.NXDOMAIN;
    return new Reply(question, code, answer, names.zone());
  }

  private Reply failure(Question question) {
    return new Reply(question, Rcode.SERVFAIL, Answer.NOTHING_OF_TYPE, names.zone());
  }

  /** An external name whose addresses were asked for. */
  private static Optional<DnsRecord.Alias> aliasOf(Question question, Answer answer) {
    boolean address = question.type() == Type.A || question.type() == Type.AAAA;
    return address
            && answer.records().size() == 1
            && answer.records().getFirst() instanceof DnsRecord.Alias alias
        ? Optional.of(alias)
        : Optional.empty();
  }

  private Answer followed(DnsRecord.Alias alias, int type) {
    var all = new ArrayList<DnsRecord>(List.of(alias));
    var inCluster = names.answer(alias.target(), type);
    if (inCluster.isPresent()) {
      all.addAll(inCluster.get().records());
    } else {
      addresses(alias.target(), type)
          .forEach(bytes -> all.add(new DnsRecord.Address(alias.target(), bytes)));
    }
    return Answer.of(all);
  }

  private List<byte[]> addresses(String name, int type) {
    var query = Query.of(name, type);
    return asked(query, false)
        .filter(answer -> !answer.isCut())
        .or(() -> asked(query, true))
        .map(answer -> answer.addresses(type))
        .orElse(List.of());
  }

  private Optional<ForeignAnswer> asked(byte[] query, boolean overTcp) {
    return upstream.ask(query, overTcp).flatMap(ForeignAnswer::read);
  }
}
