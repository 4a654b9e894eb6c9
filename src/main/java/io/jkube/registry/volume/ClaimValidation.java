package io.jkube.registry.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Quantities;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.List;

/** What the spec of a claim must be like. */
public final class ClaimValidation {
  private ClaimValidation() {}

  /**
   * @param at the path of the spec
   */
  public static void validate(JsonNode spec, String at, Violations violations) {
    AccessModes.validate(
        spec.path("accessModes"),
        at + ".accessModes",
        "at least 1 access mode is required",
        violations);
    Selectors.validate(spec.path("selector"), at + ".selector", violations);
    var requests = spec.at("/resources/requests");
    if (!requests.has("storage")) {
      violations.required(at + ".resources[storage]", "");
    }
    Quantities.positive(requests, "storage", at + ".resources[storage]", violations);
    var rules = new Rules(violations);
    rules.optionalName(spec, "storageClassName", at, NameRule.DNS_SUBDOMAIN);
    rules.optionalName(spec, "volumeAttributesClassName", at, NameRule.DNS_SUBDOMAIN);
    rules.oneOf(spec, "volumeMode", at, List.of("Block", "Filesystem"));
    for (var source : List.of("dataSource", "dataSourceRef")) {
      if (spec.path(source).isObject()) {
        rules.required(spec.path(source), "name", at + "." + source);
        rules.required(spec.path(source), "kind", at + "." + source);
      }
    }
  }
}
