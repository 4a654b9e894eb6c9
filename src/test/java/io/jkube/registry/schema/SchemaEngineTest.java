package io.jkube.registry.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaEngineTest {
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
  private static final GroupVersionKind DEPLOYMENT =
      new GroupVersionKind("apps", "v1", "Deployment");
  private static final SchemaEngine ENGINE = new SchemaEngine(new BuiltinDefinitions());

  @Test
  void unknownFieldsAreNamedInDocumentOrder() {
    var pod =
        json(
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"any": "thing"}, "x": 1},
             "spec": {"foo": 1, "containers": [{"name": "a", "imagee": "b"}]}}""");
    assertEquals(
        List.of("metadata.x", "spec.foo", "spec.containers[0].imagee"),
        ENGINE.unknownFields(POD, pod));
  }

  @Test
  void nullsAreNothingInStructsAndTheZeroInListsAndMaps() {
    var pod =
        json(
            """
            {"metadata": {"namespace": null, "labels": {"a": null}, "odd": null},
             "spec": {"containers": [null]}}""");
    ENGINE.settleNulls(POD, pod);
    assertEquals(
        json(
            """
            {"metadata": {"labels": {"a": ""}, "odd": null}, "spec": {"containers": [{}]}}"""),
        pod);
  }

  @Test
  void pruningTakesAwayWhatIsUnknown() {
    var pod =
        json(
            """
            {"metadata": {"name": "a"}, "spec": {"foo": 1, "nodeSelector": {"any": "thing"}}}""");
    ENGINE.prune(POD, pod);
    assertEquals(
        json(
            """
            {"metadata": {"name": "a"}, "spec": {"nodeSelector": {"any": "thing"}}}"""),
        pod);
  }

  @Test
  void freeFormFieldsKeepEverything() {
    var pod = json("{\"metadata\": {\"managedFields\": [{\"fieldsV1\": {\"f:spec\": {}}}]}}");
    assertEquals(List.of(), ENGINE.unknownFields(POD, pod));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`spec`: {`containers`: `x`}} | cannot unmarshal string into Go struct field"
            + " PodSpec.spec.containers of type []v1.Container",
        "{`spec`: {`containers`: [{`ports`: [{`containerPort`: `http`}]}]}} | cannot unmarshal string"
            + " into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32",
        "{`spec`: {`containers`: [{`env`: [{`name`: `A`, `value`: 1}]}]}} | cannot unmarshal number"
            + " into Go struct field EnvVar.spec.containers.env.value of type string",
        "{`metadata`: {`labels`: {`a`: true}}} | cannot unmarshal bool into Go struct field"
            + " ObjectMeta.metadata.labels of type string",
        "{`spec`: {`activeDeadlineSeconds`: 1.5}} | cannot unmarshal number 1.5 into Go struct field"
            + " PodSpec.spec.activeDeadlineSeconds of type int64",
        "{`spec`: 1} | cannot unmarshal number into Go struct field Pod.spec of type v1.PodSpec",
      })
  void whatCannotBeReadIsSaidAsTheDecoderDoes(String object, String message) {
    var pod = json(object.replace('`', '"'));
    assertEquals(Optional.of("json: " + message), ENGINE.typeMismatch(POD, pod));
  }

  @Test
  void quantitiesAreParsed() {
    var pod =
        json("{\"spec\": {\"containers\": [{\"resources\": {\"limits\": {\"cpu\": \"x\"}}}]}}");
    assertTrue(
        ENGINE
            .typeMismatch(POD, pod)
            .orElseThrow()
            .startsWith("quantities must match the regular"));
  }

  @Test
  void strategicMergeFollowsThePathThroughLists() {
    assertEquals(
        MergeRule.byKey("containerPort"),
        ENGINE.mergeRule(DEPLOYMENT, List.of("spec", "template", "spec", "containers", "ports")));
    assertEquals(MergeRule.SET, ENGINE.mergeRule(POD, List.of("metadata", "finalizers")));
    assertEquals(
        new MergeRule(MergeRule.ListKind.MAP, "name", true),
        ENGINE.mergeRule(POD, List.of("spec", "volumes")));
    assertEquals(MergeRule.ATOMIC, ENGINE.mergeRule(POD, List.of("spec", "tolerations")));
    assertEquals(MergeRule.ATOMIC, ENGINE.mergeRule(POD, List.of("no", "such")));
  }

  @Test
  void everyDefinitionOfEveryKindIsThere() {
    var definitions = new BuiltinDefinitions();
    var seen = new java.util.HashSet<String>();
    for (var line : BuiltinDefinitions.lines("kinds")) {
      var words = line.split(" ");
      visit(
          definitions,
          definitions.kind(GroupVersionKind.of(words[0], words[1])).orElseThrow(),
          seen);
    }
    assertTrue(seen.size() > 650, "only " + seen.size());
  }

  private static void visit(Definitions all, Schema stated, java.util.Set<String> seen) {
    var schema = all.resolve(stated);
    if (schema.name().isEmpty() || seen.add(schema.name())) {
      schema.properties().values().forEach(each -> visit(all, each, seen));
      if (schema.element() != null) {
        visit(all, schema.element(), seen);
      }
    }
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
