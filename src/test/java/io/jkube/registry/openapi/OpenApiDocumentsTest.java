package io.jkube.registry.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.schema.BuiltinDefinitions;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class OpenApiDocumentsTest {
  private final OpenApiDocuments documents =
      new OpenApiDocuments(
          BuiltinKinds.catalog(InstantSource.system()), new BuiltinDefinitions(), "v1.35.0");

  @Test
  void everyReferenceResolves() {
    for (var path : documents.paths()) {
      var document = Json.parse(documents.v3(path).orElseThrow());
      assertResolves(document, document.at("/components/schemas"), "#/components/schemas/");
    }
    var document = Json.parse(documents.v2().orElseThrow());
    assertResolves(document, document.at("/definitions"), "#/definitions/");
  }

  private static void assertResolves(
      ObjectNode document, com.fasterxml.jackson.databind.JsonNode schemas, String prefix) {
    var references = document.findValues("$ref"); // a schema of schemas has a field of that name
    references.removeIf(reference -> !reference.isTextual());
    assertFalse(references.isEmpty());
    for (var reference : references) {
      assertTrue(schemas.has(reference.asText().substring(prefix.length())), reference.asText());
    }
  }

  @Test
  void aPodsContainersSayHowTheyMergeAndWhatTheyAre() {
    var core = Json.parse(documents.v3("api/v1").orElseThrow());
    var containers =
        core.at("/components/schemas/io.k8s.api.core.v1.PodSpec/properties/containers");
    assertEquals("name", containers.path("x-kubernetes-patch-merge-key").asText());
    assertEquals("merge", containers.path("x-kubernetes-patch-strategy").asText());
    assertEquals("map", containers.path("x-kubernetes-list-type").asText());
    assertFalse(containers.path("description").asText().isEmpty());
    var pod = core.at("/components/schemas/io.k8s.api.core.v1.Pod");
    assertEquals(
        Json.object().put("group", "").put("kind", "Pod").put("version", "v1"),
        pod.at("/x-kubernetes-group-version-kind/0"));
  }

  @Test
  void theServerSideChecksThatKubectlLooksForAreAnnounced() {
    var core = Json.parse(documents.v3("api/v1").orElseThrow());
    var patch = core.path("paths").path("/api/v1/namespaces/{namespace}/pods/{name}").path("patch");
    assertEquals("patch", patch.path("x-kubernetes-action").asText());
    assertEquals("Pod", patch.at("/x-kubernetes-group-version-kind/kind").asText());
    var names =
        StreamSupport.stream(patch.path("parameters").spliterator(), false)
            .map(parameter -> parameter.path("name").asText())
            .collect(Collectors.toSet());
    assertEquals(Set.of("dryRun", "fieldManager", "fieldValidation", "force"), names);
  }

  @Test
  void hashesTellDocumentsApart() {
    assertNotEquals(documents.hash("api/v1"), documents.hash("apis/coordination.k8s.io/v1"));
    assertEquals(documents.hash("api/v1"), documents.hash("api/v1"));
  }

  @Test
  void operationIdsAreUnique() {
    var ids = Json.parse(documents.v2().orElseThrow()).findValuesAsText("operationId");
    assertEquals(ids.size(), Set.copyOf(ids).size());
  }
}
