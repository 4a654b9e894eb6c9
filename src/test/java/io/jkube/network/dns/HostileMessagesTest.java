package io.jkube.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Hostile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Datagrams of anyone, and answers of any server. */
final class HostileMessagesTest {
  private static final byte[] QUERY = Query.of("web.team.svc.cluster.local", Type.A);

  private final Hostile hostile = new Hostile(53);

  @Test
  void questions() {
    hostile.bytes(
        QUERY,
        bytes -> {
          var question = Question.read(bytes);
          if (question.isPresent()) {
            answered(question.get());
          }
        });
  }

  /** What was read as a question is answered within the size that it takes. */
  private static void answered(Question question) {
    var answer = Answer.of(List.of(new DnsRecord.Address("web.team", new byte[4])));
    var reply = new Reply(question, Rcode.NOERROR, answer, "cluster.local");
    assertTrue(reply.bytes(question.maxBytes()).length <= question.maxBytes());
  }

  @Test
  void answers() {
    hostile.bytes(
        answer(),
        bytes -> {
          var read = ForeignAnswer.read(bytes);
          if (read.isPresent()) {
            assertTrue(read.get().leastTtlSeconds() >= 0);
            for (var address : read.get().addresses(Type.A)) {
              assertEquals(4, address.length);
            }
          }
        });
  }

  private static byte[] answer() {
    var question = Question.read(QUERY).orElseThrow();
    var records =
        List.<DnsRecord>of(
            new DnsRecord.Alias("web.team", "db.team"),
            new DnsRecord.Address("db.team", new byte[] {10, 0, 0, 1}),
            new DnsRecord.Text("db.team", "1.1.0"));
    var answer = Answer.of(records);
    return new Reply(question, Rcode.NOERROR, answer, "cluster.local").bytes(Reply.MAX_BYTES);
  }
}
