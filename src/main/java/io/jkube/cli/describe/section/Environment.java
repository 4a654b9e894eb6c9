package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** A container's variables and where they come from. */
final class Environment {
  private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['(.+)']");

  private final Page page;
  private final JsonNode pod;

  Environment(Page page, JsonNode pod) {
    this.page = page;
    this.pod = pod;
  }

  void write(JsonNode container) {
    if (!container.path("envFrom").isEmpty()) {
      page.line(2, "Environment Variables from:");
      container.path("envFrom").forEach(this::source);
    }
    var variables = container.path("env");
    page.line(2, variables.isEmpty() ? "Environment:\t<none>" : "Environment:");
    variables.forEach(variable -> variable(variable, container));
  }

  private void source(JsonNode source) {
    boolean secret = source.has("secretRef");
    var reference = source.path(secret ? "secretRef" : "configMapRef");
    var kind = secret ? "Secret" : "ConfigMap";
    var prefix = source.path("prefix").asText();
    page.line(
        3,
        "%s\t%s%s\tOptional: %b"
            .formatted(
                reference.path("name").asText(),
                kind,
                prefix.isEmpty() ? "" : " with prefix '" + prefix + "'",
                reference.path("optional").asBoolean()));
  }

  private void variable(JsonNode variable, JsonNode container) {
    var name = variable.path("name").asText();
    var from = variable.path("valueFrom");
    if (from.has("fieldRef")) {
      var reference = from.path("fieldRef");
      var path = reference.path("fieldPath").asText();
      page.field(
          3,
          name,
          "%s (%s:%s)".formatted(field(path), reference.path("apiVersion").asText("v1"), path));
    } else if (from.has("resourceFieldRef")) {
      var resource = from.path("resourceFieldRef").path("resource").asText();
      page.field(3, name, resource(container, resource) + " (" + resource + ")");
    } else if (from.has("secretKeyRef")) {
      page.field(3, name, key("in secret", from.path("secretKeyRef")));
    } else if (from.has("configMapKeyRef")) {
      page.field(3, name, key("of config map", from.path("configMapKeyRef")));
    } else {
      var lines = variable.path("value").asText().split("\n", -1);
      page.field(3, name, lines[0]);
      for (int i = 1; i < lines.length; i++) {
        page.line(3, "\t" + lines[i]);
      }
    }
  }

  private static String key(String where, JsonNode reference) {
    return "<set to the key '%s' %s '%s'>\tOptional: %b"
        .formatted(
            reference.path("key").asText(),
            where,
            reference.path("name").asText(),
            reference.path("optional").asBoolean());
  }

  private String field(String path) {
    var keyed = KEYED.matcher(path);
    return keyed.matches()
        ? pod.path("metadata").path(keyed.group(1)).path(keyed.group(2)).asText()
        : pod.at("/" + path.replace('.', '/')).asText();
  }

  private static String resource(JsonNode container, String resource) {
    var value = container.path("resources").at("/" + resource.replace('.', '/')).asText();
    return value.isEmpty() ? resource.startsWith("limits.") ? "node allocatable" : "0" : value;
  }
}
