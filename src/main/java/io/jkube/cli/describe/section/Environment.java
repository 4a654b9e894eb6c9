package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import java.util.regex.Pattern;

/** A container's variables and where they come from. */
final class Environment {
  private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['(.+)']");

  private static final Set<String> PLAIN =
      Set.of("metadata.name", "metadata.namespace", "metadata.uid");

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
      var reference = from.path("resourceFieldRef");
      page.field(
          3,
          name,
          resource(container, reference) + " (" + reference.path("resource").asText() + ")");
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

  /** Only what is in the metadata: the rest is known where the container runs. */
  private String field(String path) {
    var metadata = pod.path("metadata");
    var keyed = KEYED.matcher(path);
    if (keyed.matches()) {
      return metadata.path(keyed.group(1)).path(keyed.group(2)).asText();
    }
    return PLAIN.contains(path) ? metadata.path(path.substring("metadata.".length())).asText() : "";
  }

  /** In units of the divisor, rounded up. */
  private static String resource(JsonNode container, JsonNode reference) {
    var resource = reference.path("resource").asText();
    var amount = container.path("resources").at("/" + resource.replace('.', '/'));
    if (amount.isMissingNode()) {
      return resource.startsWith("limits.") ? "node allocatable" : "0";
    }
    var divisor = Quantity.of(reference.get("divisor"));
    return Quantity.of(amount)
        .amount()
        .divide(divisor.isZero() ? BigDecimal.ONE : divisor.amount(), 0, RoundingMode.UP)
        .toPlainString();
  }
}
