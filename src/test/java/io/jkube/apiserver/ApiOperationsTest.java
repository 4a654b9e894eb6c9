package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static io.jkube.apiserver.TestServer.names;
import static io.jkube.apiserver.TestServer.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.negotiate.Yaml;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.testing.Await;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb of every kind, through one object of each out of {@code operations/objects.yaml}. */
@Timeout(60)
final class ApiOperationsTest {
  private static final String MERGE = "application/merge-patch+json";
  private static final TestServer SERVER = new TestServer();
  private static final List<ResourceDefinition> KINDS =
      List.copyOf(BuiltinKinds.catalog(InstantSource.system()).all());

  @AfterAll
  static void close() {
    SERVER.close();
  }

  /** An object to be made, and where. */
  record Subject(ResourceDefinition definition, ObjectNode object) {
    String collection() {
      return resource().path(definition.namespaced() ? "default" : "");
    }

    GroupVersionResource resource() {
      return definition.resource();
    }

    String name(String suffix) {
      return switch (definition.kind().kind()) {
        case "IPAddress" -> "192.0.2." + (1 + suffix.charAt(0) % 100);
        case "ResourceSlice", "CSIDriver" -> "a.b-" + suffix;
        default -> "it-" + suffix;
      };
    }

    ObjectNode named(String suffix, String label) {
      var made = object.deepCopy();
      made.remove("status");
      made.putObject("metadata").put("name", name(suffix)).putObject("labels").put("of", label);
      return made;
    }
  }

  static Stream<Named<Subject>> kinds() throws IOException {
    try (var in = ApiOperationsTest.class.getResourceAsStream("/operations/objects.yaml")) {
      var subjects = new ArrayList<Named<Subject>>();
      for (var each : Yaml.parse(in.readAllBytes())) {
        var object = (ObjectNode) each;
        var definition = definition(object);
        var name = object.get("apiVersion").asText() + " " + object.get("kind").asText();
        subjects.add(Named.of(name, new Subject(definition, object)));
      }
      return subjects.stream();
    }
  }

  private static ResourceDefinition definition(JsonNode object) {
    return KINDS.stream()
        .filter(each -> each.kind().apiVersion().equals(object.get("apiVersion").asText()))
        .filter(each -> each.kind().kind().equals(object.get("kind").asText()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not served: " + object));
  }

  static Stream<Named<Subject>> kindsWithStatus() throws IOException {
    return kinds().filter(each -> each.getPayload().object().has("status"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isInTheDocumentsOfDiscovery(Subject subject) {
    var group = subject.resource().group();
    var document = SERVER.get(subject.resource().path("").replaceFirst("/[^/]*$", ""));
    var found = new TreeSet<String>();
    for (var each : document.get("resources")) {
      var name = each.get("name").asText();
      if (name.equals(subject.resource().resource())) {
        assertEquals(subject.definition().kind().kind(), each.get("kind").asText());
        each.get("verbs").forEach(verb -> found.add(verb.asText()));
      }
    }
    var wanted = new TreeSet<String>();
    EnumSet.allOf(Verb.class).forEach(verb -> wanted.add(verb.text()));
    assertEquals(wanted, found);
    if (!group.isEmpty()) {
      var groups = new ArrayList<String>();
      SERVER.get("/apis").get("groups").forEach(each -> groups.add(each.get("name").asText()));
      assertTrue(groups.contains(group), group);
      var versions = new ArrayList<String>();
      SERVER
          .get("/apis/" + group)
          .get("versions")
          .forEach(each -> versions.add(each.get("groupVersion").asText()));
      assertTrue(versions.contains(subject.definition().kind().apiVersion()), group);
    }
    if (subject.object().has("status")) {
      var names = new ArrayList<String>();
      document.get("resources").forEach(each -> names.add(each.get("name").asText()));
      assertTrue(names.contains(subject.resource().resource() + "/status"), names::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isCreatedReadChangedListedWatchedAndDeleted(Subject subject) throws InterruptedException {
    var collection = subject.collection();
    var before = version(SERVER.get(collection));
    var made = SERVER.post(collection, subject.named("a", "verbs").toString());
    var path = collection + "/" + subject.name("a");
    var got = SERVER.get(path);
    assertEquals(made.at("/metadata/uid"), got.at("/metadata/uid"));
    assertEquals(made.path("spec"), got.path("spec"));

    SERVER.patch(path, MERGE, "{'metadata':{'labels':{'merge':'1'}}}");
    SERVER.patch(
        path, "application/strategic-merge-patch+json", "{'metadata':{'labels':{'smart':'1'}}}");
    replace(path, each -> each.withObject("/metadata/labels").put("put", "1"));
    var applied =
        "{'apiVersion':'%s','kind':'%s','metadata':{'labels':{'applied':'1'}}}"
            .formatted(
                subject.definition().kind().apiVersion(), subject.definition().kind().kind());
    SERVER.apply(path + "?fieldManager=test&force=true", applied);
    assertEquals(
        json("{'of':'verbs','merge':'1','smart':'1','put':'1','applied':'1'}"),
        SERVER.get(path).at("/metadata/labels"));

    SERVER.post(collection, subject.named("b", "verbs").toString());
    var both = List.of(subject.name("a"), subject.name("b"));
    assertEquals(both, names(SERVER.get(collection + "?labelSelector=of%3Dverbs")));
    assertEquals(
        both, names(SERVER.get(subject.resource().path("") + "?labelSelector=of%3Dverbs")));

    delete(path);
    assertEquals(StatusReason.NOT_FOUND, failure(() -> SERVER.get(path)).reason());
    try (var feed =
        SERVER.watch(collection + "?watch=1&labelSelector=of%3Dverbs&resourceVersion=" + before)) {
      var seen = new ArrayList<String>();
      while (!seen.contains("DELETED " + subject.name("a"))) {
        seen.addAll(TestServer.take(feed, 1));
      }
      assertEquals("ADDED " + subject.name("a"), seen.getFirst());
      assertTrue(seen.contains("MODIFIED " + subject.name("a")), seen::toString);
    }
    release(collection + "/" + subject.name("b"));
    SERVER.delete(collection + "?labelSelector=of%3Dverbs&propagationPolicy=Background");
    assertEquals(List.of(), names(SERVER.get(collection + "?labelSelector=of%3Dverbs")));
  }

  /** Once more where the server wrote its part of the status in between, as clients do. */
  private static void replace(String path, Consumer<ObjectNode> change) {
    Await.until(
        () -> {
          var next = SERVER.get(path);
          change.accept(next);
          try {
            SERVER.put(path, next);
            return true;
          } catch (ApiException conflict) {
            assertEquals(StatusReason.CONFLICT, conflict.reason());
            return false;
          }
        });
  }

  private static void delete(String path) {
    release(path);
    SERVER.delete(path + "?propagationPolicy=Background");
  }

  /** Finalizers, which controllers would take away. */
  private static void release(String path) {
    SERVER.patch(path, MERGE, "{'metadata':{'finalizers':null}}");
  }

  @ParameterizedTest
  @MethodSource("kindsWithStatus")
  void theStatusIsReadPatchedAndReplaced(Subject subject) {
    var path = subject.collection() + "/" + subject.name("s");
    SERVER.post(subject.collection(), subject.named("s", "status").toString());
    var spec = SERVER.get(path).path("spec");
    var wanted = subject.object().get("status");
    var patch = json("{'metadata':{'annotations':{'patched':'status'}}}");
    patch.set("status", wanted);
    patch.putObject("spec").put("nothing", "of it");
    SERVER.patch(path + "/status?fieldValidation=Ignore", MERGE, patch.toString());
    var read = SERVER.get(path + "/status");
    assertHolds(wanted, read.path("status"), "");
    assertEquals(spec, read.path("spec"));

    var first = read.get("status");
    SERVER.patch(path + "/status", MERGE, "{'status':null}");
    assertNotEquals(first, SERVER.get(path).path("status"));
    replace(path + "/status", each -> each.set("status", first));
    assertHolds(wanted, SERVER.get(path).path("status"), "");
    delete(path);
  }

  /** Whatever stands in {@code wanted} stands in {@code found}, beside what was filled in. */
  private static void assertHolds(JsonNode wanted, JsonNode found, String at) {
    if (wanted.isObject()) {
      wanted
          .properties()
          .forEach(
              each ->
                  assertHolds(
                      each.getValue(), found.path(each.getKey()), at + "." + each.getKey()));
    } else if (wanted.isArray()) {
      for (int i = 0; i < wanted.size(); i++) {
        assertHolds(wanted.get(i), found.path(i), at + "[" + i + "]");
      }
    } else if (!wanted.isNull()) {
      assertEquals(wanted.asText(), found.asText(), at);
    }
  }
}
