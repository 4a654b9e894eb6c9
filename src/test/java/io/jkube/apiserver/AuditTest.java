package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.audit.AuditLog;
import io.jkube.apiserver.audit.AuditPolicy;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy makes the server note of its requests. */
@Timeout(20)
final class AuditTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private TestServer server;

  private void start(String policy) {
    var log =
        new AuditLog(
            AuditPolicy.parse(HEAD + policy), out, () -> Instant.parse("2026-01-02T03:04:05Z"));
    server = TestServer.guarded(() -> Instant.parse("2026-01-02T03:04:05Z"), log);
    out.reset();
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private List<ObjectNode> events() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  @Test
  void notesWhoAskedWhatAndWhatCameOfIt() {
    start("rules: [{level: Metadata}]\nomitStages: [RequestReceived]\n");
    server.as("eve");
    server.ask("GET", MAPS + "/a", "", Body.NONE);
    var event = events().getFirst();
    assertEquals(1, events().size());
    assertEquals("ResponseComplete", event.path("stage").asText());
    assertEquals("eve", event.at("/user/username").asText());
    assertEquals("get", event.path("verb").asText());
    assertEquals(MAPS + "/a", event.path("requestURI").asText());
    assertEquals(
        "{\"resource\":\"configmaps\",\"namespace\":\"default\",\"name\":\"a\","
            + "\"apiVersion\":\"v1\"}",
        event.path("objectRef").toString());
    assertEquals(403, event.at("/responseStatus/code").asInt());
    assertEquals(
        "forbid", event.path("annotations").path("authorization.k8s.io/decision").asText());
    assertFalse(event.has("requestObject"));
  }

  @Test
  void notesBothStagesUnderOneId() {
    start("rules: [{level: Metadata}]\n");
    server.get(MAPS);
    var stages = events().stream().map(event -> event.path("stage").asText()).toList();
    assertEquals(List.of("RequestReceived", "ResponseComplete"), stages);
    assertEquals(events().get(0).path("auditID"), events().get(1).path("auditID"));
  }

  @Test
  void theFirstRuleThatMatchesCounts() {
    start(
        "omitStages: [RequestReceived]\nrules:\n"
            + "- {level: None, verbs: [list]}\n"
            + "- {level: Metadata, resources: [{resources: [secrets]}]}\n"
            + "- {level: RequestResponse, resources: [{group: '', resources: [configmaps]}]}\n"
            + "- {level: Request, userGroups: ['system:masters'], nonResourceURLs: ['/version*']}\n");
    server.get(MAPS);
    server.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}");
    server.post(MAPS, "{'metadata':{'name':'c'},'data':{'k':'v'}}");
    server.get("/version");
    server.get("/api");
    var events = events();
    assertEquals(3, events.size());
    assertEquals("Metadata", events.get(0).path("level").asText());
    assertFalse(events.get(0).has("requestObject"));
    assertEquals("v", events.get(1).at("/requestObject/data/k").asText());
    assertEquals("default", events.get(1).at("/responseObject/metadata/namespace").asText());
    assertEquals("/version", events.get(2).path("requestURI").asText());
  }

  @Test
  void aWatchIsNotedWhenItStartsAndWhenItEnds() {
    start("omitStages: [RequestReceived]\nrules: [{level: Metadata, verbs: [watch]}]\n");
    var watch = server.watch(MAPS + "?watch=true");
    assertEquals("ResponseStarted", events().getFirst().path("stage").asText());
    watch.close();
    assertEquals("ResponseComplete", events().getLast().path("stage").asText());
    assertEquals(2, events().size());
  }

  @Test
  void whoIsNotKnownIsNotedToo() {
    start("omitStages: [RequestReceived]\nrules: [{level: Metadata}]\n");
    server.ask("GET", MAPS, "", Body.NONE, new Caller.Remote(null, "wrong"));
    var event = events().getFirst();
    assertEquals("system:anonymous", event.at("/user/username").asText());
    assertEquals(401, event.at("/responseStatus/code").asInt());
    assertFalse(out.toString(StandardCharsets.UTF_8).contains("wrong"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules: []",
        "rules: [{level: Everything}]",
        "rules: [{level: None}]\nomitStages: [Never]"
      })
  void aPolicyThatCannotWorkIsRefused(String policy) {
    assertThrows(IllegalArgumentException.class, () -> AuditPolicy.parse(HEAD + policy));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> AuditPolicy.parse("kind: Pod\nrules: []"))
            .getMessage()
            .contains("Policy"));
  }
}
