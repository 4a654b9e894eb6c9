package io.jkube.registry.validation;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules. Each takes the object, the name of one of its fields and the path of the object, and
 * adds what is wrong.
 */
public final class Rules {
  public static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  private static final int MAX_PORT = 65_535;
  private static final int MAX_PORT_NAME_CHARACTERS = 15;
  private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");
  private static final Pattern PORT_LETTER = Pattern.compile(".*[a-z].*");

  private final Violations violations;

  public Rules(Violations violations) {
    this.violations = violations;
  }

  public Violations violations() {
    return violations;
  }

  /** Says whether the text is there. */
  public boolean required(JsonNode object, String field, String path) {
    if (text(object, "/" + field).isEmpty()) {
      violations.required(path + "." + field, "");
      return false;
    }
    return true;
  }

  /** One of the values, if it is there at all. */
  public void oneOf(JsonNode object, String field, String path, List<String> supported) {
    var value = text(object, "/" + field);
    if (!value.isEmpty() && !supported.contains(value)) {
      violations.notSupported(path + "." + field, value, supported);
    }
  }

  /** A required name of this form. */
  public void name(JsonNode object, String field, String path, NameRule rule) {
    if (required(object, field, path)) {
      optionalName(object, field, path, rule);
    }
  }

  /** A name of this form, if it is there. */
  public void optionalName(JsonNode object, String field, String path, NameRule rule) {
    var value = text(object, "/" + field);
    if (!value.isEmpty()) {
      rule.violations(value).forEach(why -> violations.invalid(path + "." + field, value, why));
    }
  }

  /** No two of the objects have the same value in the field. */
  public void unique(List<ObjectNode> objects, String field, String path) {
    var seen = new HashSet<String>();
    for (int i = 0; i < objects.size(); i++) {
      var value = text(objects.get(i), "/" + field);
      if (!value.isEmpty() && !seen.add(value)) {
        violations.duplicate(path + "[" + i + "]." + field, value);
      }
    }
  }

  public void port(JsonNode value, String path) {
    if (value.asInt() < 1 || value.asInt() > MAX_PORT) {
      violations.invalid(path, value, "must be between 1 and " + MAX_PORT + ", inclusive");
    }
  }

  /** A number or the name of a port. */
  public void portOrName(JsonNode value, String path) {
    if (value.isTextual()) {
      portNameViolations(value.textValue())
          .forEach(why -> violations.invalid(path, value.textValue(), why));
    } else {
      port(value, path);
    }
  }

  /** What is wrong with the name of a port (RFC 6335, section 5.1). */
  public static List<String> portNameViolations(String name) {
    var found = new ArrayList<String>();
    if (name.length() > MAX_PORT_NAME_CHARACTERS) {
      found.add("must be no more than " + MAX_PORT_NAME_CHARACTERS + " characters");
    }
    if (!PORT_NAME.matcher(name).matches()) {
      found.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!PORT_LETTER.matcher(name).matches()) {
      found.add("must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      found.add("must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      found.add("must not begin or end with a hyphen");
    }
    return found;
  }

  public void notNegative(JsonNode object, String field, String path) {
    var value = object.path(field);
    if (value.isNumber() && value.asLong() < 0) {
      violations.invalid(path + "." + field, value, "must be greater than or equal to 0");
    }
  }

  public void between(JsonNode object, String field, String path, long least, long most) {
    var value = object.path(field);
    if (value.isNumber() && (value.asLong() < least || value.asLong() > most)) {
      violations.invalid(
          path + "." + field, value, "must be between " + least + " and " + most + ", inclusive");
    }
  }

  /** Labels: a selector, or what a template gives its pods. */
  public void labels(JsonNode labels, String path) {
    for (var label : labels.properties()) {
      LabelSyntax.keyViolations(label.getKey())
          .forEach(why -> violations.invalid(path, label.getKey(), why));
      var value = label.getValue().asText();
      LabelSyntax.valueViolations(value).forEach(why -> violations.invalid(path, value, why));
    }
  }

  /** A field that no update changes. */
  public void immutable(JsonNode updated, JsonNode current, String field, String path) {
    if (!updated.path(field).equals(current.path(field))) {
      violations.invalid(
          path.isEmpty() ? field : path + "." + field, updated.get(field), "field is immutable");
    }
  }

  /**
   * Exactly one of the fields beside those that do not count.
   *
   * @param what of the message: {@code volume} for "must specify a volume type"
   */
  public void exactlyOneType(ObjectNode object, Set<String> besides, String path, String what) {
    int types = 0;
    for (var field : object.properties()) {
      if (!besides.contains(field.getKey()) && field.getValue().isObject()) {
        if (++types > 1) {
          violations.forbidden(
              path + "." + field.getKey(), "may not specify more than 1 " + what + " type");
        }
      }
    }
    if (types == 0) {
      violations.required(path, "must specify a " + what + " type");
    }
  }
}
