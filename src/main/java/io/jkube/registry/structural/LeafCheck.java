package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;

/** What a schema says of one value alone: bounds, lengths, patterns, formats, choices. */
final class LeafCheck {
  /** How upstream calls a field that has no path. */
  private static final String ROOT = "<nil>";

  private final Expressions expressions;
  private final Violations violations;

  LeafCheck(Expressions expressions, Violations violations) {
    this.expressions = expressions;
    this.violations = violations;
  }

  void check(JsonNode schema, JsonNode value, String path) {
    choices(schema, value, path);
    if (value.isTextual()) {
      text(schema, value.textValue(), path);
    } else if (value.isNumber()) {
      number(schema, value, path);
    } else if (value.isArray()) {
      size(schema, value, path, "Items", "items");
      if (schema.path("uniqueItems").asBoolean() && hasTwins(value)) {
        invalid(path, value, "shouldn't contain duplicates");
      }
    } else if (value.isObject()) {
      size(schema, value, path, "Properties", "properties");
    }
  }

  private static boolean hasTwins(JsonNode array) {
    var seen = new HashSet<JsonNode>();
    return array.valueStream().anyMatch(each -> !seen.add(each));
  }

  private void choices(JsonNode schema, JsonNode value, String path) {
    var choices = schema.path("enum");
    if (!choices.isArray() || choices.valueStream().anyMatch(value::equals)) {
      return;
    }
    var words = new ArrayList<String>();
    choices.forEach(each -> words.add(each.isTextual() ? each.textValue() : each.toString()));
    if (value.isTextual()) {
      violations.notSupported(at(path), value.textValue(), words);
    } else {
      var list = words.stream().map(word -> '"' + word + '"').toList();
      violations.add(
          "FieldValueNotSupported",
          at(path),
          "Unsupported value: " + value + ": supported values: " + String.join(", ", list));
    }
  }

  private void text(JsonNode schema, String value, String path) {
    int length = value.codePointCount(0, value.length());
    if (schema.has("maxLength") && length > schema.path("maxLength").asLong()) {
      violations.tooLong(at(path), schema.path("maxLength").asInt());
    }
    if (schema.has("minLength") && length < schema.path("minLength").asLong()) {
      violations.invalid(
          at(path),
          value,
          path + " in body should be at least " + schema.path("minLength") + " chars long");
    }
    var pattern = Tree.text(schema, "/pattern");
    if (!pattern.isEmpty() && !expressions.finds(pattern, value)) {
      violations.invalid(at(path), value, path + " in body should match '" + pattern + "'");
    }
    var format = Tree.text(schema, "/format");
    if (!format.isEmpty() && !TextFormat.fits(format, value)) {
      typeInvalid(path, value, "must be of type " + format, value);
    }
  }

  private void number(JsonNode schema, JsonNode value, String path) {
    var number = value.decimalValue();
    if (schema.path("minimum").isNumber()) {
      bound(schema, value, path, "minimum", "exclusiveMinimum", "greater than", number);
    }
    if (schema.path("maximum").isNumber()) {
      bound(schema, value, path, "maximum", "exclusiveMaximum", "less than", number.negate());
    }
    var factor = schema.path("multipleOf");
    if (factor.isNumber()
        && factor.decimalValue().signum() != 0
        && number.remainder(factor.decimalValue()).signum() != 0) {
      invalid(path, value, "should be a multiple of " + shown(factor));
    }
  }

  private void bound(
      JsonNode schema,
      JsonNode value,
      String path,
      String keyword,
      String exclusive,
      String words,
      BigDecimal signed) {
    var limit = schema.path(keyword).decimalValue();
    boolean strict = schema.path(exclusive).asBoolean();
    int compared = signed.compareTo(keyword.equals("maximum") ? limit.negate() : limit);
    if (compared < 0 || strict && compared == 0) {
      invalid(
          path,
          value,
          "should be " + words + (strict ? " " : " or equal to ") + shown(schema.path(keyword)));
    }
  }

  private static String shown(JsonNode number) {
    return GoText.number(number.doubleValue());
  }

  private void size(JsonNode schema, JsonNode value, String path, String suffix, String words) {
    var most = schema.path("max" + suffix);
    if (most.isNumber() && value.size() > most.asLong()) {
      violations.add(
          "FieldValueTooMany",
          at(path),
          "Too many: " + value.size() + ": must have at most " + most.asLong() + " items");
    }
    var least = schema.path("min" + suffix);
    if (least.isNumber() && value.size() < least.asLong()) {
      invalid(path, value, "should have at least " + least.asLong() + " " + words);
    }
  }

  private void invalid(String path, JsonNode value, String what) {
    violations.invalid(at(path), value, path + " in body " + what);
  }

  void typeInvalid(String path, String value, String what, String found) {
    var quoted = '"' + value + '"';
    violations.add(
        "FieldValueTypeInvalid",
        at(path),
        "Invalid value: " + quoted + ": " + path + " in body " + what + ": \"" + found + '"');
  }

  /** What is wrong with a value as a whole; upstream does not say where beside its words. */
  void whole(String what) {
    violations.invalid(ROOT, "", what);
  }

  private static String at(String path) {
    return path.isEmpty() ? ROOT : path;
  }
}
