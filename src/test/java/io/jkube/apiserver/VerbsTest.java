package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static io.jkube.apiserver.TestServer.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Body;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every verb answers, and in which words it refuses. */
final class VerbsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void createSetsWhatIsTheServers() {
    var made = server.post(MAPS, "{'metadata':{'name':'a','uid':'mine'},'data':{'k':'v'}}");
    var metadata = made.get("metadata");
    assertEquals("ConfigMap", made.get("kind").asText());
    assertEquals("v1", made.get("apiVersion").asText());
    assertEquals("default", metadata.get("namespace").asText());
    assertEquals(36, metadata.get("uid").asText().length());
    assertTrue(metadata.get("creationTimestamp").asText().endsWith("Z"));
    assertFalse(metadata.get("resourceVersion").asText().isEmpty());
    assertEquals(made, server.get(MAPS + "/a"));
  }

  @Test
  void aNullIsNoFieldAndAnEmptyValue() {
    var made = server.post(MAPS, "{'metadata':{'name':'a','labels':null},'data':{'k':null}}");
    assertFalse(made.get("metadata").has("labels"));
    assertEquals(json("{'k':''}"), made.get("data"));
  }

  @Test
  void createRefuses() {
    server.configMap("a", "x");
    assertEquals(
        "configmaps \"a\" already exists", failure(() -> server.configMap("a", "x")).getMessage());
    assertEquals(
        "namespaces \"none\" not found",
        failure(
                () ->
                    server.post("/api/v1/namespaces/none/configmaps", "{'metadata':{'name':'a'}}"))
            .getMessage());
    assertEquals(
        "the namespace of the provided object does not match the namespace sent on the request",
        failure(() -> server.post(MAPS, "{'metadata':{'name':'b','namespace':'other'}}"))
            .getMessage());
    assertEquals(
        "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required",
        failure(() -> server.post(MAPS, "{'metadata':{}}")).getMessage());
    var invalid = failure(() -> server.post(MAPS, "{'metadata':{'name':'No_Good'}}"));
    assertEquals(StatusReason.INVALID, invalid.reason());
    assertTrue(
        invalid
            .getMessage()
            .startsWith(
                "ConfigMap \"No_Good\" is invalid: metadata.name: Invalid value: \"No_Good\": a"
                    + " lowercase RFC 1123 subdomain must consist of"),
        invalid.getMessage());
    assertEquals(
        "the API version in the data (apps/v1) does not match the expected API version (v1)",
        failure(() -> server.post(MAPS, "{'apiVersion':'apps/v1','metadata':{'name':'b'}}"))
            .getMessage());
  }

  @Test
  void generatedNamesDiffer() {
    var one =
        server.post(MAPS, "{'metadata':{'generateName':'web-'}}").at("/metadata/name").asText();
    var two =
        server.post(MAPS, "{'metadata':{'generateName':'web-'}}").at("/metadata/name").asText();
    assertTrue(one.matches("web-[a-z0-9]{5}"), one);
    assertNotEquals(one, two);
  }

  @Test
  void aDryRunChangesNothing() {
    server.post(MAPS + "?dryRun=All", "{'metadata':{'name':'a'}}");
    assertEquals("configmaps \"a\" not found", failure(() -> server.get(MAPS + "/a")).getMessage());
    server.configMap("a", "x");
    server.delete(MAPS + "/a?dryRun=All");
    server.get(MAPS + "/a");
  }

  @Test
  void updateNeedsTheNewestRevisionOrNone() {
    server.configMap("a", "x");
    var first = server.get(MAPS + "/a").deepCopy();
    var changed = first.deepCopy();
    changed.putObject("data").put("k", "1");
    var second = server.put(MAPS + "/a", changed);
    assertNotEquals(TestServer.version(first), TestServer.version(second));
    assertEquals(
        "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please"
            + " apply your changes to the latest version and try again",
        failure(() -> server.put(MAPS + "/a", changed)).getMessage());
    var blind = json("{'metadata':{'name':'a'},'data':{'k':'2'}}");
    assertEquals("2", server.put(MAPS + "/a", blind).at("/data/k").asText());
    assertEquals(first.at("/metadata/uid"), server.get(MAPS + "/a").at("/metadata/uid"));
  }

  @Test
  void anUpdateThatChangesNothingMakesNoRevision() {
    server.configMap("a", "x");
    var before = server.get(MAPS + "/a");
    assertEquals(before, server.put(MAPS + "/a", before.deepCopy()));
  }

  @Test
  void updateRefuses() {
    server.configMap("a", "x");
    assertEquals(
        "the name of the object (b) does not match the name on the URL (a)",
        failure(() -> server.put(MAPS + "/a", json("{'metadata':{'name':'b'}}"))).getMessage());
    var stranger = json("{'metadata':{'name':'a','uid':'other'}}");
    assertTrue(
        failure(() -> server.put(MAPS + "/a", stranger))
            .getMessage()
            .contains("Precondition failed: UID in precondition: other, UID in object meta: "));
    assertEquals(
        "configmaps \"b\" not found",
        failure(() -> server.put(MAPS + "/b", json("{'metadata':{'name':'b'}}"))).getMessage());
  }

  @Test
  void deleteAnswersAStatusOrTheObject() {
    server.configMap("a", "x");
    var status = server.delete(MAPS + "/a");
    assertEquals("Success", status.get("status").asText());
    assertEquals("configmaps", status.at("/details/kind").asText());
    var pods = "/api/v1/namespaces/default/pods";
    server.post(pods, POD);
    assertEquals("Pod", server.delete(pods + "/p").get("kind").asText());
    assertEquals("pods \"p\" not found", failure(() -> server.get(pods + "/p")).getMessage());
  }

  private static final String POD =
      "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}";

  @Test
  void aScheduledPodGetsItsGracePeriodAndASecondDeleteShortensIt() {
    var pods = "/api/v1/namespaces/default/pods";
    server.post(
        pods,
        "{'metadata':{'name':'p'},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'}]}}");
    var marked = server.delete(pods + "/p");
    assertEquals(30, marked.at("/metadata/deletionGracePeriodSeconds").asInt());
    assertTrue(marked.at("/metadata").has("deletionTimestamp"));
    var sooner = server.delete(pods + "/p", "{'gracePeriodSeconds':5}");
    assertEquals(5, sooner.at("/metadata/deletionGracePeriodSeconds").asInt());
    var later = server.delete(pods + "/p", "{'gracePeriodSeconds':20}");
    assertEquals(5, later.at("/metadata/deletionGracePeriodSeconds").asInt());
    server.delete(pods + "/p", "{'gracePeriodSeconds':0}");
    assertEquals(StatusReason.NOT_FOUND, failure(() -> server.get(pods + "/p")).reason());
  }

  @Test
  void finalizersHoldADeletedObject() {
    server.post(MAPS, "{'metadata':{'name':'a','finalizers':['example.com/hold']}}");
    assertTrue(server.delete(MAPS + "/a").at("/metadata").has("deletionTimestamp"));
    var held = server.get(MAPS + "/a").deepCopy();
    var more = held.deepCopy();
    more.withObject("/metadata").withArray("finalizers").add("example.com/more");
    assertTrue(
        failure(() -> server.put(MAPS + "/a", more))
            .getMessage()
            .contains(
                "metadata.finalizers: Forbidden: no new finalizers can be added if the object is"
                    + " being deleted, found new finalizers []string{\"example.com/more\"}"));
    held.withObject("/metadata").remove("finalizers");
    server.put(MAPS + "/a", held);
    assertEquals(StatusReason.NOT_FOUND, failure(() -> server.get(MAPS + "/a")).reason());
  }

  @Test
  void deletePreconditionsHold() {
    server.configMap("a", "x");
    assertEquals(
        StatusReason.CONFLICT,
        failure(() -> server.delete(MAPS + "/a", "{'preconditions':{'uid':'other'}}")).reason());
    server.get(MAPS + "/a");
  }

  @Test
  void aNamespaceStaysUntilItsFinalizerGoes() {
    server.post("/api/v1/namespaces", "{'metadata':{'name':'n'}}");
    assertEquals("Terminating", server.delete("/api/v1/namespaces/n").at("/status/phase").asText());
    var refused =
        failure(() -> server.post("/api/v1/namespaces/n/configmaps", "{'metadata':{'name':'a'}}"));
    assertEquals(
        "configmaps \"a\" is forbidden: unable to create new content in namespace n because it is"
            + " being terminated",
        refused.getMessage());
    assertEquals(
        "namespaces \"default\" is forbidden: this namespace may not be deleted",
        failure(() -> server.delete("/api/v1/namespaces/default")).getMessage());
  }

  @Test
  void listsAreSortedSelectedAndPaged() {
    for (var name : List.of("c", "a", "d", "b")) {
      server.configMap(name, name.compareTo("c") < 0 ? "low" : "high");
    }
    assertEquals(List.of("a", "b", "c", "d"), names(server.get(MAPS)));
    assertEquals(List.of("c", "d"), names(server.get(MAPS + "?labelSelector=app=high")));
    assertEquals(List.of("b"), names(server.get(MAPS + "?fieldSelector=metadata.name%3Db")));
    var page = server.get(MAPS + "?limit=3");
    assertEquals(List.of("a", "b", "c"), names(page));
    assertEquals(1, page.at("/metadata/remainingItemCount").asInt());
    server.configMap("e", "later");
    var next = page.at("/metadata/continue").asText();
    var rest = server.get(MAPS + "?limit=3&continue=" + next);
    assertEquals(List.of("d"), names(rest));
    assertEquals(TestServer.version(page), TestServer.version(rest));
    server.store.compact(server.store.revision());
    assertEquals(
        StatusReason.EXPIRED,
        failure(() -> server.get(MAPS + "?limit=3&continue=" + next)).reason());
    assertEquals(5, names(server.get("/api/v1/configmaps")).size());
  }

  @Test
  void pagesOfASelectionAreFull() {
    for (int i = 0; i < 9; i++) {
      server.configMap("m" + i, i % 2 == 0 ? "even" : "odd");
    }
    var page = server.get(MAPS + "?limit=2&labelSelector=app=even");
    assertEquals(List.of("m0", "m2"), names(page));
    var next = page.at("/metadata/continue").asText();
    var more = server.get(MAPS + "?limit=2&labelSelector=app=even&continue=" + next);
    assertEquals(List.of("m4", "m6"), names(more));
    next = more.at("/metadata/continue").asText();
    var last = server.get(MAPS + "?limit=2&labelSelector=app=even&continue=" + next);
    assertEquals(List.of("m8"), names(last));
    assertFalse(last.get("metadata").has("continue"));
  }

  @Test
  void listsAtARevision() {
    var revision = server.configMap("a", "x");
    var newest = server.configMap("b", "x");
    var exact = "?resourceVersionMatch=Exact&resourceVersion=" + revision;
    assertEquals(List.of("a"), names(server.get(MAPS + exact)));
    var later = "?resourceVersionMatch=NotOlderThan&resourceVersion=" + newest;
    assertEquals(List.of("a", "b"), names(server.get(MAPS + later)));
    assertEquals(
        "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden:"
            + " resourceVersionMatch is forbidden unless resourceVersion is provided",
        failure(() -> server.get(MAPS + "?resourceVersionMatch=Exact")).getMessage());
  }

  @Test
  void deleteCollectionTakesTheSelection() {
    server.configMap("a", "x");
    server.configMap("b", "y");
    server.delete(MAPS + "?labelSelector=app=x");
    assertEquals(List.of("b"), names(server.get(MAPS)));
  }

  @Test
  void unknownFieldsOfASelectorAreRefused() {
    assertEquals(
        "\"spec.foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
        failure(() -> server.get(MAPS + "?fieldSelector=spec.foo%3D1")).getMessage());
  }

  @Test
  void tablesAndMetadataOnAsking() {
    server.configMap("a", "x");
    server.accept =
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
    var table = server.get(MAPS);
    assertEquals("Table", table.get("kind").asText());
    assertEquals("Name", table.at("/columnDefinitions/0/name").asText());
    assertEquals("a", table.at("/rows/0/cells/0").asText());
    assertEquals("PartialObjectMetadata", table.at("/rows/0/object/kind").asText());
    assertTrue(server.get(MAPS + "?includeObject=None").at("/rows/0/object").isNull());
    assertEquals(
        "ConfigMap", server.get(MAPS + "?includeObject=Object").at("/rows/0/object/kind").asText());
    server.accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    assertEquals("PartialObjectMetadataList", server.get(MAPS).get("kind").asText());
    server.accept = "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io";
    assertEquals(StatusReason.NOT_ACCEPTABLE, failure(() -> server.get(MAPS)).reason());
  }

  @Test
  void yamlBodiesAndBrokenOnes() {
    var yaml = "metadata:\n  name: y\ndata:\n  at: \"2001-01-01\"\n  on: 'true'\n".getBytes();
    var reply = server.ask("POST", MAPS, "application/yaml", new Body.Encoded(yaml));
    assertEquals(201, reply.code());
    var broken =
        server.ask("POST", MAPS, "application/json", new Body.Encoded("{\"a\"".getBytes()));
    assertEquals(400, broken.code());
    var deep = "[".repeat(100_000).getBytes();
    assertEquals(400, server.ask("POST", MAPS, "application/json", new Body.Encoded(deep)).code());
    assertEquals(400, server.ask("POST", MAPS, "application/yaml", new Body.Encoded(deep)).code());
    var proto =
        server.ask("POST", MAPS, "application/vnd.kubernetes.protobuf", new Body.Encoded(yaml));
    assertEquals(400, proto.code());
    assertEquals(415, server.ask("POST", MAPS, "text/plain", new Body.Encoded(yaml)).code());
  }

  @Test
  void whatIsNotThere() {
    assertEquals(StatusReason.NOT_FOUND, failure(() -> server.get("/api/v1/unknowns")).reason());
    assertEquals(
        StatusReason.METHOD_NOT_ALLOWED,
        failure(() -> server.post("/api/v1/configmaps", "{'metadata':{'name':'a'}}")).reason());
    assertEquals(
        StatusReason.METHOD_NOT_ALLOWED,
        failure(() -> server.post(MAPS + "/a", "{'metadata':{'name':'a'}}")).reason());
  }
}
