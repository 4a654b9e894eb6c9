package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Violations;
import io.jkube.registry.cel.CelBudget;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.structural.Correlation;
import io.jkube.registry.structural.Structural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of a schema, at the places where they hold. Read when first needed, for most schemas
 * have none and a server without any never loads what reads them. Thread-safe.
 */
final class CelRules {
  static final String FIELD = "x-kubernetes-validations";

  private final Structural schema;
  private volatile Place read;

  CelRules(Structural schema) {
    this.schema = schema;
  }

  /** Whether there are rules anywhere. */
  boolean exist() {
    return has(schema.source());
  }

  static boolean has(JsonNode source) {
    return source.findValue(FIELD) != null;
  }

  /**
   * @param old the object before an update, or null
   */
  void check(ObjectNode object, ObjectNode old, Violations violations) {
    if (read == null) {
      read = read(schema, true);
    }
    try {
      check(read, object, old, "", CelBudget.usual(), violations);
    } catch (CelProblem spent) {
      violations.invalid("<nil>", "", spent.getMessage());
    }
  }

  /** A schema with rules of its own or inside. */
  private record Place(
      Structural schema,
      List<CelRule> rules,
      Map<String, Place> fields,
      Place items,
      Place additional) {}

  private static Place read(Structural schema, boolean whole) {
    if (schema == null || !has(schema.source())) {
      return null;
    }
    var rules = new ArrayList<CelRule>();
    for (var rule : schema.source().path(FIELD)) {
      rules.add(CelRule.read(rule, schema, whole || schema.embedded()));
    }
    var fields = new LinkedHashMap<String, Place>();
    schema
        .properties()
        .forEach(
            (name, each) -> {
              var place = read(each, false);
              if (place != null) {
                fields.put(name, place);
              }
            });
    return new Place(
        schema, rules, fields, read(schema.items(), false), read(schema.additional(), false));
  }

  private static void check(
      Place place,
      JsonNode value,
      JsonNode old,
      String path,
      CelBudget budget,
      Violations violations) {
    if (place == null || value == null || value.isNull()) {
      return;
    }
    for (var rule : place.rules()) {
      if (rule.applies(value, old)) {
        rule.check(value, old, path, budget, violations);
      }
    }
    switch (value) {
      case ObjectNode object -> {
        for (var field : object.properties()) {
          var name = field.getKey();
          var inside = place.fields().getOrDefault(name, place.additional());
          var at = path.isEmpty() ? name : path + "." + name;
          var before = old == null ? null : old.get(name);
          check(inside, field.getValue(), before, at, budget, violations);
        }
      }
      case ArrayNode array -> {
        var before = new Correlation(place.schema().source(), old);
        for (int i = 0; place.items() != null && i < array.size(); i++) {
          var each = array.get(i);
          check(place.items(), each, before.of(each, i), path + "[" + i + "]", budget, violations);
        }
      }
      case JsonNode leaf -> {}
    }
  }
}
