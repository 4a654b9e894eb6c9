package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.List;
import java.util.regex.Pattern;

/** What the environment of a container must be like. */
final class EnvironmentValidation {
  private static final Pattern NAME = Pattern.compile("[ -<>-~]+");
  private static final String NAME_RULE =
      "a valid environment variable name must consist only of printable ASCII characters other than"
          + " '='";
  private static final List<String> FIELDS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final Pattern SUBSCRIPT =
      Pattern.compile("metadata\\.(labels|annotations)\\['.+'\\]");

  private final Rules rules;
  private final Violations violations;

  EnvironmentValidation(Rules rules) {
    this.rules = rules;
    this.violations = rules.violations();
  }

  void validate(ObjectNode container, String at) {
    int index = 0;
    for (var variable : objects(container, "/env")) {
      variable(variable, at + ".env[" + index++ + "]");
    }
    index = 0;
    for (var source : objects(container, "/envFrom")) {
      from(source, at + ".envFrom[" + index++ + "]");
    }
  }

  private void variable(ObjectNode variable, String at) {
    if (rules.required(variable, "name", at)) {
      name(text(variable, "/name"), at + ".name");
    }
    if (variable.get("valueFrom") instanceof ObjectNode source) {
      source(variable, source, at + ".valueFrom");
    }
  }

  private void name(String name, String at) {
    if (!NAME.matcher(name).matches()) {
      violations.invalid(at, name, NAME_RULE);
    }
  }

  private void source(ObjectNode variable, ObjectNode source, String at) {
    if (source.isEmpty()) {
      violations.invalid(
          at,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
              + " `secretKeyRef`");
    } else if (!text(variable, "/value").isEmpty()) {
      violations.invalid(at, "", "may not be specified when `value` is not empty");
    } else if (source.size() > 1) {
      violations.invalid(at, "", "may not have more than one field specified at a time");
    }
    if (source.get("fieldRef") instanceof ObjectNode field) {
      var path = text(field, "/fieldPath");
      if (rules.required(field, "fieldPath", at + ".fieldRef")
          && !FIELDS.contains(path)
          && !SUBSCRIPT.matcher(path).matches()) {
        violations.notSupported(at + ".fieldRef.fieldPath", path, FIELDS);
      }
    }
    for (var reference : List.of("configMapKeyRef", "secretKeyRef")) {
      if (source.get(reference) instanceof ObjectNode key) {
        rules.required(key, "name", at + "." + reference);
        rules.required(key, "key", at + "." + reference);
      }
    }
    if (source.get("resourceFieldRef") instanceof ObjectNode resource) {
      rules.required(resource, "resource", at + ".resourceFieldRef");
    }
  }

  private void from(ObjectNode source, String at) {
    var prefix = text(source, "/prefix");
    if (!prefix.isEmpty()) {
      name(prefix, at + ".prefix");
    }
    boolean map = source.has("configMapRef");
    boolean secret = source.has("secretRef");
    if (!map && !secret) {
      violations.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`");
    } else if (map && secret) {
      violations.invalid(at, "", "may not have more than one field specified at a time");
    }
    for (var reference : List.of("configMapRef", "secretRef")) {
      if (source.get(reference) instanceof ObjectNode named) {
        rules.required(named, "name", at + "." + reference);
      }
    }
  }
}
