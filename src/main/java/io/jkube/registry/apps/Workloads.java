package io.jkube.registry.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSelector;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.List;
import java.util.Optional;

/** What the kinds have in common that keep pods of a template running. */
final class Workloads {
  static final String TEMPLATE = "/spec/template";
  static final TableColumn CONTAINERS = PodTemplate.containersColumn(TEMPLATE);
  static final TableColumn IMAGES = PodTemplate.imagesColumn(TEMPLATE);
  static final TableColumn SELECTOR =
      TableColumn.wide("Selector", object -> Selectors.shown(object.at("/spec/selector")));

  private Workloads() {}

  /**
   * Checks a selector that must be there and ask for something.
   *
   * @param kind in the words of upstream's message
   * @param malformed said of a selector that cannot be read
   * @return the selector, if it can be read
   */
  static Optional<LabelSelector> selector(
      JsonNode spec, String kind, String malformed, Violations violations) {
    var selector = spec.path("selector");
    if (!selector.isObject()) {
      violations.required("spec.selector", "");
    } else {
      Selectors.validate(selector, "spec.selector", violations);
      if (Selectors.isEmpty(selector)) {
        violations.invalid("spec.selector", selector, "empty selector is invalid for " + kind);
      }
    }
    var parsed = Selectors.parsed(selector);
    if (parsed.isEmpty()) {
      violations.invalid("spec.selector", selector, malformed);
    }
    return parsed;
  }

  static void selectorIsImmutable(ObjectNode updated, ObjectNode current, Violations violations) {
    new Rules(violations).immutable(updated.path("spec"), current.path("spec"), "selector", "spec");
  }

  static void notNegative(JsonNode holder, String path, List<String> fields, Violations found) {
    var rules = new Rules(found);
    fields.forEach(field -> rules.notNegative(holder, field, path));
  }

  /** Counts in a status of which none may be more than another. */
  static void notMoreThan(
      JsonNode status, String most, String words, List<String> fields, Violations violations) {
    for (var field : fields) {
      if (status.path(field).asLong() > status.path(most).asLong()) {
        violations.invalid(
            "status." + field, status.path(field), "cannot be greater than " + words);
      }
    }
  }

  /** How often names collided; never less often than before. */
  static void collisionCount(JsonNode updated, JsonNode current, Violations violations) {
    var count = updated.at("/status/collisionCount");
    var before = current.at("/status/collisionCount");
    if (before.isNumber() && (!count.isNumber() || count.asLong() < before.asLong())) {
      violations.invalid("status.collisionCount", count, "cannot be decremented");
    }
  }
}
