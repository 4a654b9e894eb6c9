package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ApiException;
import io.jkube.api.FieldSelector;
import io.jkube.api.LabelSelector;
import io.jkube.api.Quantity;
import io.jkube.api.StatusReason;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import io.jkube.testing.Hostile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Good input with some of it changed: read or refused, never a failure of ours. */
final class HostileInputTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int ROUNDS = Hostile.rounds();

  private final Hostile hostile = new Hostile(4);
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer();
    server.configMap("there", "x");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertOurs(Reply reply, String input) {
    boolean fine = reply.code() >= 200 && reply.code() < 300;
    boolean refused = reply.code() >= 400 && reply.code() < 500;
    assertTrue(fine || refused || isUnknownToApply(reply), () -> reply + " to " + input);
  }

  /** Upstream gives this one 500. */
  static boolean isUnknownToApply(Reply reply) {
    return reply instanceof Reply.Failed failed
        && failed
            .failure()
            .getMessage()
            .matches("(?s)failed to create typed (patch|live) object.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json | {\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\","
            + "\"labels\":{\"x\":\"y\"},\"finalizers\":[\"a/b\"]},\"data\":{\"k\":\"v\"},"
            + "\"binaryData\":{\"b\":\"aGk=\"},\"immutable\":false}",
        "application/yaml | {kind: ConfigMap, apiVersion: v1, metadata: {name: &n a, labels: {x: *n}},"
            + " data: {k: 'v', l: \"w\", <<: {m: n}}, immutable: false}",
      })
  void bodies(String type, String good) {
    for (int i = 0; i < ROUNDS; i++) {
      var body = hostile.changed(good.getBytes(StandardCharsets.UTF_8));
      var reply = server.ask("POST", MAPS, type, new Body.Encoded(body));
      assertOurs(reply, new String(body, StandardCharsets.ISO_8859_1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "json-patch+json | [{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"a\":\"b\"}},"
            + "{\"op\":\"copy\",\"from\":\"/data/a\",\"path\":\"/data/c\"},"
            + "{\"op\":\"move\",\"from\":\"/data/c\",\"path\":\"/data/d\"},"
            + "{\"op\":\"test\",\"path\":\"/data/d\",\"value\":\"b\"},"
            + "{\"op\":\"remove\",\"path\":\"/data/d\"}]",
        "merge-patch+json | {\"metadata\":{\"labels\":{\"a\":\"b\",\"c\":null}},\"data\":{\"a\":\"b\"}}",
        "strategic-merge-patch+json | {\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"a/b\"],"
            + "\"$setElementOrder/finalizers\":[\"c/d\"],\"finalizers\":[\"c/d\"]},"
            + "\"data\":{\"$patch\":\"replace\",\"a\":\"b\"},\"$retainKeys\":[\"metadata\",\"data\"]}",
        "apply-patch+yaml | {kind: ConfigMap, apiVersion: v1, metadata: {name: there}, data: {a: b}}",
      })
  void patches(String type, String good) {
    var path = MAPS + "/there?dryRun=All" + (type.startsWith("apply") ? "&fieldManager=f" : "");
    for (int i = 0; i < ROUNDS; i++) {
      var body = hostile.changed(good.getBytes(StandardCharsets.UTF_8));
      var reply = server.ask("PATCH", path, "application/" + type, new Body.Encoded(body));
      assertOurs(reply, new String(body, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void queries() {
    var good = "limit=5&resourceVersion=1&resourceVersionMatch=NotOlderThan&labelSelector=a in (b)";
    for (int i = 0; i < ROUNDS; i++) {
      var encoded = URLEncoder.encode(hostile.changed(good), StandardCharsets.UTF_8);
      var query = encoded.replace("%3D", "=").replace("%26", "&");
      var reply = server.ask("GET", MAPS + "?" + query, "", Body.NONE);
      assertTrue(reply.code() < 500 || reply.code() == 504, () -> reply + " to " + query);
    }
  }

  @Test
  void continueTokens() {
    server.configMap("b", "x");
    var token = server.get(MAPS + "?limit=1").at("/metadata/continue").asText();
    for (int i = 0; i < ROUNDS; i++) {
      var query = URLEncoder.encode(hostile.changed(token), StandardCharsets.UTF_8);
      var reply = server.ask("GET", MAPS + "?limit=1&continue=" + query, "", Body.NONE);
      assertTrue(reply.code() < 500 || reply.code() == 504, () -> reply + " to " + query);
    }
  }

  private void refusesOrReads(String good, Consumer<String> parser) {
    for (int i = 0; i < ROUNDS; i++) {
      var text = hostile.changed(good);
      try {
        parser.accept(text);
      } catch (ApiException refused) {
        assertEquals(StatusReason.BAD_REQUEST, refused.reason(), text);
      } catch (JsonPathException refused) {
        assertTrue(!refused.getMessage().isEmpty(), text);
      }
    }
  }

  @Test
  void smallLanguages() {
    refusesOrReads("app=web,tier!=cache,env in (a,b),!legacy,n>4", LabelSelector::parse);
    refusesOrReads("status.phase!=Running,metadata.name=we\\=b", FieldSelector::parse);
    refusesOrReads("1234.5678e3", Quantity::parse);
    refusesOrReads("-12.5Mi", Quantity::parse);
    refusesOrReads(
        "{range .items[?(@.a.b==\"x\")]}{.metadata['n']}{\"\\n\"}{end}",
        text -> JsonPath.parse(text, true));
  }
}
