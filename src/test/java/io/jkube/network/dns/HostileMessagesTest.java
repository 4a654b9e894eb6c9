package io.jkube.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Hostile;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams of anyone, and answers of any server. */
final class HostileMessagesTest {
  private static final byte[] QUERY = Query.of("web.team.svc.cluster.local", RecordType.A);

  private final Hostile hostile = new Hostile(53);

  @Test
  void questions() {
    hostile.bytes(
        QUERY,
        bytes -> {
          var question = Question.read(ByteBuffer.wrap(bytes));
          if (question.isPresent()) {
            answered(question.get(), bytes);
          }
        });
  }

  /** What was read as a question is answered within the size that it takes. */
  private static void answered(Question question, byte[] query) {
    var answer =
        Message.of(
            question,
            ByteBuffer.wrap(query),
            Message.NO_ERROR,
            Answer.of(List.of(new DnsRecord.Address("web.team", new byte[4]))),
            "cluster.local",
            question.maxBytes());
    assertTrue(answer.remaining() <= question.maxBytes());
  }

  @Test
  void answers() {
    hostile.bytes(
        answer(),
        bytes -> {
          ForeignAnswer.leastTtlSeconds(bytes);
          for (var address : ForeignAnswer.addresses(bytes, RecordType.A)) {
            assertEquals(4, address.length);
          }
        });
  }

  private static byte[] answer() {
    var question = Question.read(ByteBuffer.wrap(QUERY)).orElseThrow();
    var records =
        List.<DnsRecord>of(
            new DnsRecord.Alias("web.team", "db.team"),
            new DnsRecord.Address("db.team", new byte[] {10, 0, 0, 1}),
            new DnsRecord.Text("db.team", "1.1.0"));
    var message =
        Message.of(
            question,
            ByteBuffer.wrap(QUERY),
            Message.NO_ERROR,
            Answer.of(records),
            "cluster.local",
            Message.MAX_BYTES);
    var bytes = new byte[message.remaining()];
    message.get(bytes);
    return bytes;
  }
}
