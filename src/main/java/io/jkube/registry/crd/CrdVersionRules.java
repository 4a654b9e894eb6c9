package io.jkube.registry.crd;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.registry.Violations;
import io.jkube.registry.structural.Structural;
import io.jkube.registry.structural.StructuralRules;
import io.jkube.registry.validation.Rules;
import java.util.HashSet;
import java.util.List;

/** What one version of a CustomResourceDefinition must be like. */
final class CrdVersionRules {
  private static final int MAX_SELECTABLE_FIELDS = 8;
  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of(
          "binary", "byte", "date", "date-time", "double", "float", "int32", "int64", "password");
  private static final String SIMPLE =
      "must be a simple json path with . notation, without array notation";

  private final Violations violations;
  private final Rules rules;
  private final CrdParts parts;
  private final int index;
  private final String at;

  /**
   * @param index of the version
   */
  CrdVersionRules(Violations violations, CrdParts parts, int index) {
    this.parts = parts;
    this.index = index;
    this.violations = violations;
    this.rules = new Rules(violations);
    this.at = "spec.versions[" + index + "]";
  }

  void validate(ObjectNode version) {
    if (version.at("/schema/openAPIV3Schema") instanceof ObjectNode schema) {
      parts.path(index, "schema").ifPresent(path -> schema(schema, path + ".openAPIV3Schema"));
    } else {
      violations.required(at + ".schema.openAPIV3Schema", "schemas are required");
    }
    if (version.has("deprecationWarning") && !version.path("deprecated").asBoolean()) {
      violations.invalid(
          at + ".deprecationWarning",
          version.get("deprecationWarning"),
          "can only be set for deprecated versions");
    }
    parts.path(index, "additionalPrinterColumns").ifPresent(path -> columns(version, path));
    parts
        .path(index, "subresources")
        .ifPresent(path -> scale(version.at("/subresources/scale"), path + ".scale"));
    parts.path(index, "selectableFields").ifPresent(path -> selectableFields(version, path));
  }

  private void schema(ObjectNode schema, String path) {
    StructuralRules.validate(schema, path, violations);
    RuleValidation.validate(Structural.read(schema), path, violations);
  }

  private void columns(ObjectNode version, String at) {
    int index = 0;
    for (var column : objects(version, "/additionalPrinterColumns")) {
      var path = at + "[" + index++ + "]";
      rules.required(column, "name", path);
      if (rules.required(column, "type", path)) {
        rules.oneOf(column, "type", path, COLUMN_TYPES);
      }
      rules.oneOf(column, "format", path, COLUMN_FORMATS);
      if (rules.required(column, "jsonPath", path)) {
        jsonPath(text(column, "/jsonPath"), path + ".jsonPath");
      }
    }
  }

  private void jsonPath(String expression, String path) {
    if (!expression.startsWith(".")) {
      violations.invalid(path, expression, "must be a simple json path with leading .");
      return;
    }
    try {
      JsonPath.parseRelaxed(expression);
    } catch (JsonPathException malformed) {
      violations.invalid(path, expression, "is an invalid JSONPath: " + malformed.getMessage());
    }
  }

  private void scale(JsonNode scale, String path) {
    if (!scale.isObject()) {
      return;
    }
    if (rules.required(scale, "specReplicasPath", path)) {
      below(scale, "specReplicasPath", ".spec.", path);
    }
    if (rules.required(scale, "statusReplicasPath", path)) {
      below(scale, "statusReplicasPath", ".status.", path);
    }
    var selector = text(scale, "/labelSelectorPath");
    if (!selector.isEmpty() && !selector.startsWith(".spec.")) {
      below(scale, "labelSelectorPath", ".status.", path);
    }
  }

  private void below(JsonNode scale, String field, String prefix, String path) {
    var value = text(scale, "/" + field);
    if (!SimplePath.isSimple(value)) {
      violations.invalid(path + "." + field, value, SIMPLE);
    } else if (!value.startsWith(prefix)) {
      violations.invalid(
          path + "." + field,
          value,
          field.equals("labelSelectorPath")
              ? "should be a json path under either .spec or .status"
              : "should be a json path under " + prefix.substring(0, prefix.length() - 1));
    }
  }

  private void selectableFields(ObjectNode version, String at) {
    var fields = objects(version, "/selectableFields");
    if (fields.size() > MAX_SELECTABLE_FIELDS) {
      violations.add(
          "FieldValueTooMany",
          at,
          "Too many: " + fields.size() + ": must have at most " + MAX_SELECTABLE_FIELDS + " items");
    }
    var seen = new HashSet<String>();
    for (int i = 0; i < fields.size(); i++) {
      var path = at + "[" + i + "].jsonPath";
      var expression = text(fields.get(i), "/jsonPath");
      if (expression.isEmpty()) {
        violations.required(path, "");
      } else if (!SimplePath.isSimple(expression)) {
        violations.invalid(path, expression, "is an invalid path: does not appear in schema");
      } else if (!seen.add(expression)) {
        violations.duplicate(path, expression);
      } else {
        selectable(version, expression, path);
      }
    }
  }

  private void selectable(ObjectNode version, String expression, String path) {
    if (expression.equals(".metadata") || expression.startsWith(".metadata.")) {
      violations.invalid(path, expression, "must not point to fields in metadata");
      return;
    }
    JsonNode schema = version.at("/schema/openAPIV3Schema");
    for (var name : expression.substring(1).split("\\.")) {
      schema = schema.path("properties").path(name);
    }
    var type = text(schema, "/type");
    if (schema.isMissingNode()) {
      violations.invalid(path, expression, "is an invalid path: does not appear in schema");
    } else if (!List.of("string", "boolean", "integer").contains(type)) {
      violations.invalid(
          path,
          expression,
          "must point to a field of type string, boolean or integer. Enum string"
              + " fields and strings with formats are allowed.");
    }
  }
}
