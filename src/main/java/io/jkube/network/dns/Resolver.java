package io.jkube.network.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers questions, whatever socket they came through. Thread-safe.
 *
 * @param names of the cluster
 * @param upstream for all others
 */
record Resolver(ClusterNames names, Upstream upstream) {
  private static final int CLASS_IN = 1;

  /** The answer to a question about the cluster; empty where others have to be asked. */
  Optional<ByteBuffer> own(Question question, ByteBuffer query, int maxBytes) {
    if (question.recordClass() != CLASS_IN) {
      return Optional.empty();
    }
    return names
        .answer(question.name(), question.type())
        .filter(answer -> aliasOf(question, answer).isEmpty())
        .map(answer -> message(question, query, answer, maxBytes));
  }

  /** The answer to any other question, from wherever it can be had; waits for it. */
  ByteBuffer foreign(Question question, byte[] query, boolean overTcp, int maxBytes) {
    var alias =
        names.answer(question.name(), question.type()).flatMap(answer -> aliasOf(question, answer));
    if (alias.isPresent()) {
      var answer = followed(alias.get(), question.type());
      return message(question, ByteBuffer.wrap(query), answer, maxBytes);
    }
    return upstream
        .ask(query, overTcp)
        .map(ByteBuffer::wrap)
        .orElseGet(
            () ->
                Message.of(
                    question,
                    ByteBuffer.wrap(query),
                    Message.SERVER_FAILURE,
                    Answer.NOTHING_OF_TYPE,
                    names.zone(),
                    maxBytes));
  }

  private ByteBuffer message(Question question, ByteBuffer query, Answer answer, int maxBytes) {
    int code = answer.found() ? Message.NO_ERROR : Message.NO_SUCH_NAME;
    return Message.of(question, query, code, answer, names.zone(), maxBytes);
  }

  /** An external name whose addresses were asked for. */
  private static Optional<DnsRecord.Alias> aliasOf(Question question, Answer answer) {
    boolean address = question.type() == RecordType.A || question.type() == RecordType.AAAA;
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
      upstream
          .ask(Query.of(alias.target(), type), false)
          .ifPresent(
              found ->
                  ForeignAnswer.addresses(found, type)
                      .forEach(bytes -> all.add(new DnsRecord.Address(alias.target(), bytes))));
    }
    return Answer.of(all);
  }
}
