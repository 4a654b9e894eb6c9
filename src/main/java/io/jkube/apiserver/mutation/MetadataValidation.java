package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What every object's metadata must be like: upstream's ValidateObjectMeta and its update twin. */
final class MetadataValidation {
  private static final int MAX_ANNOTATIONS_BYTES = 256 * 1024;
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("orphan", "foregroundDeletion", "kubernetes");

  private MetadataValidation() {}

  static void validate(ResourceDefinition definition, ObjectNode object, Violations violations) {
    var metadata = object.get("metadata");
    validateName(definition.strategy().nameRule(), metadata, violations);
    if (definition.namespaced()) {
      var namespace = metadata.path("namespace").asText();
      for (var why : NameRule.DNS_LABEL.violations(namespace)) {
        violations.invalid("metadata.namespace", namespace, why);
      }
    }
    validateLabels(metadata.path("labels"), violations);
    validateAnnotations(metadata.path("annotations"), violations);
    validateOwners(metadata.path("ownerReferences"), violations);
    for (var finalizer : metadata.path("finalizers")) {
      validateFinalizer(definition.strategy(), finalizer.asText(), violations);
    }
  }

  private static void validateName(NameRule rule, JsonNode metadata, Violations violations) {
    var base = metadata.path("generateName").asText();
    if (!base.isEmpty()) {
      var probe = base.endsWith("-") ? base.substring(0, base.length() - 1) + "a" : base;
      for (var why : rule.violations(probe)) {
        violations.invalid("metadata.generateName", base, why);
      }
    }
    var name = metadata.path("name").asText();
    if (name.isEmpty()) {
      violations.required("metadata.name", "name or generateName is required");
      return;
    }
    for (var why : rule.violations(name)) {
      violations.invalid("metadata.name", name, why);
    }
  }

  private static void validateLabels(JsonNode labels, Violations violations) {
    for (var label : labels.properties()) {
      for (var why : LabelSyntax.keyViolations(label.getKey())) {
        violations.invalid("metadata.labels", label.getKey(), why);
      }
      var value = label.getValue().asText();
      for (var why : LabelSyntax.valueViolations(value)) {
        violations.invalid("metadata.labels", value, why);
      }
    }
  }

  private static void validateAnnotations(JsonNode annotations, Violations violations) {
    long bytes = 0;
    for (var annotation : annotations.properties()) {
      var key = annotation.getKey();
      for (var why : LabelSyntax.keyViolations(key.toLowerCase(java.util.Locale.ROOT))) {
        violations.invalid("metadata.annotations", key, why);
      }
      bytes += utf8Length(key) + utf8Length(annotation.getValue().asText());
    }
    if (bytes > MAX_ANNOTATIONS_BYTES) {
      violations.tooLong("metadata.annotations", MAX_ANNOTATIONS_BYTES);
    }
  }

  private static long utf8Length(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }

  private static void validateOwners(JsonNode owners, Violations violations) {
    int controllers = 0;
    for (int i = 0; i < owners.size(); i++) {
      var field = "metadata.ownerReferences[" + i + "]";
      var owner = owners.get(i);
      for (var required : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(required).asText().isEmpty()) {
          violations.invalid(
              field + "." + required,
              "",
              required.equals("apiVersion") ? "version must not be empty" : "must not be empty");
        }
      }
      if (owner.path("controller").asBoolean() && ++controllers == 2) {
        violations.invalid(
            "metadata.ownerReferences",
            owners,
            "Only one reference can have Controller set to true. Found \"true\" in references for "
                + controllerNames(owners));
      }
    }
  }

  private static String controllerNames(JsonNode owners) {
    var names = new java.util.ArrayList<String>();
    for (var owner : owners) {
      if (owner.path("controller").asBoolean()) {
        names.add(owner.path("kind").asText() + "/" + owner.path("name").asText());
      }
    }
    return String.join(" and ", names.subList(0, 2));
  }

  private static void validateFinalizer(
      Strategy strategy, String finalizer, Violations violations) {
    for (var why : LabelSyntax.keyViolations(finalizer)) {
      violations.invalid("metadata.finalizers", finalizer, why);
    }
    if (strategy.finalizersAreQualified()
        && !finalizer.contains("/")
        && !STANDARD_FINALIZERS.contains(finalizer)) {
      violations.invalid(
          "metadata.finalizers",
          finalizer,
          "name is neither a standard finalizer name nor is it fully qualified");
    }
  }

  /** What an update may not change. */
  static void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    var before = current.get("metadata");
    var after = updated.get("metadata");
    for (var fixed : List.of("name", "namespace", "uid", "creationTimestamp")) {
      if (!before.path(fixed).equals(after.path(fixed))) {
        violations.invalid("metadata." + fixed, after.get(fixed), "field is immutable");
      }
    }
    if (before.has("deletionTimestamp")) {
      refuseNewFinalizers(before.path("finalizers"), after.path("finalizers"), violations);
    }
  }

  private static void refuseNewFinalizers(JsonNode before, JsonNode after, Violations violations) {
    var known = new HashSet<String>();
    before.forEach(finalizer -> known.add(finalizer.asText()));
    var fresh = new java.util.ArrayList<String>();
    for (var finalizer : after) {
      if (!known.contains(finalizer.asText())) {
        fresh.add("\"" + finalizer.asText() + "\"");
      }
    }
    if (!fresh.isEmpty()) {
      violations.forbidden(
          "metadata.finalizers",
          "no new finalizers can be added if the object is being deleted, found new finalizers"
              + " []string{"
              + String.join(", ", fresh)
              + "}");
    }
  }
}
