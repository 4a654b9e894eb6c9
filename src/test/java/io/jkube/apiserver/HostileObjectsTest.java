package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.ApiOperationsTest.Subject;
import io.jkube.apiserver.negotiate.protobuf.RandomObject;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.testing.OddTree;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects of every kind with something wrong in them, by every way in: taken or refused, never a
 * failure of ours, and what was taken can be read again.
 */
final class HostileObjectsTest {
  private static final long SEED = Long.getLong("jkube.hostile.seed", 3);
  private static final int ROUNDS = Integer.getInteger("jkube.hostile.rounds", 10);
  private static TestServer server;

  private final Random random = new Random(SEED);
  private final OddTree odd = new OddTree(random);
  private final RandomObject fields = new RandomObject(new BuiltinDefinitions(), random);

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Named<Subject>> kinds() throws IOException {
    return ApiOperationsTest.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takenOrRefused(Subject subject) {
    var collection = subject.collection();
    var there = subject.named("there", "hostile");
    send("POST", collection, there);
    var path = collection + "/" + subject.name("there");
    for (int i = 0; i < ROUNDS; i++) {
      send("POST", collection + dryRun(), hostile(subject, "h" + i));
      send("PUT", path + dryRun(), hostile(subject, "there"));
      if (subject.object().has("status")) {
        send("PUT", path + "/status" + dryRun(), hostile(subject, "there"));
      }
      var apply = path + dryRun() + "&force=true&fieldManager=f";
      ask("PATCH", apply, "application/apply-patch+yaml", hostile(subject, "there"));
      ask("PATCH", path + dryRun(), "application/merge-patch+json", hostile(subject, "there"));
      var strategic = "application/strategic-merge-patch+json";
      ask("PATCH", path + dryRun(), strategic, hostile(subject, "there"));
    }
    var table = "application/json;as=Table;g=meta.k8s.io;v=v1";
    server.accept = table;
    ask("GET", collection, "", null);
    server.accept = "application/json";
    ask("DELETE", collection, "", null);
  }

  private String dryRun() {
    return random.nextInt(4) == 0 ? "?pretty=0" : "?dryRun=All";
  }

  private ObjectNode hostile(Subject subject, String suffix) {
    var object = subject.object().deepCopy();
    object.putObject("metadata").put("name", subject.name(suffix));
    var more = fields.of(subject.definition().kind());
    for (var part : more.properties()) {
      if (random.nextInt(3) == 0 && !part.getKey().equals("metadata")) {
        graft(object, part.getKey(), more);
      }
    }
    odd.change(object);
    return object;
  }

  /** Some of the fields of a part that the object has already, or the whole part. */
  private void graft(ObjectNode object, String name, ObjectNode from) {
    if (object.get(name) instanceof ObjectNode into && from.get(name) instanceof ObjectNode part) {
      part.properties().stream()
          .filter(each -> random.nextInt(6) == 0)
          .forEach(each -> into.set(each.getKey(), each.getValue()));
    } else if (!object.has(name)) {
      object.set(name, from.get(name));
    }
  }

  private void send(String method, String path, ObjectNode object) {
    ask(method, path, "application/json", object);
  }

  private void ask(String method, String path, String type, ObjectNode object) {
    var body = object == null ? Body.NONE : new Body.Encoded(Json.bytes(object));
    Reply reply;
    try {
      reply = server.ask(method, path, type, body);
    } catch (RuntimeException failure) {
      throw new AssertionError(shown(method, path, object), failure);
    }
    boolean fine = reply.code() < 500 && reply.code() >= 200;
    assertTrue(
        fine || HostileInputTest.isUnknownToApply(reply),
        () -> reply + shown(method, path, object));
  }

  private static String shown(String method, String path, ObjectNode object) {
    return " to seed " + SEED + ": " + method + " " + path + " " + object;
  }
}
