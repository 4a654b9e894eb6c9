package io.jkube.registry.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import io.jkube.registry.Violations;
import java.util.List;
import java.util.Set;

/** What the requests and limits of a container must be like. */
final class ResourceValidation {
  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

  private ResourceValidation() {}

  /** Quantities that cannot be read were refused before, as values of a wrong type. */
  static void validate(JsonNode resources, String path, Violations violations) {
    for (var list : List.of("limits", "requests")) {
      for (var amount : resources.path(list).properties()) {
        var at = path + "." + list + "[" + amount.getKey() + "]";
        if (!STANDARD.contains(amount.getKey())
            && !amount.getKey().contains("/")
            && !amount.getKey().startsWith("hugepages-")) {
          violations.invalid(
              at, amount.getKey(), "must be a standard resource type or fully qualified");
        }
        if (Quantity.of(amount.getValue()).signum() < 0) {
          violations.invalid(at, amount.getValue(), "must be greater than or equal to 0");
        }
      }
    }
    var limits = resources.path("limits");
    for (var request : resources.path("requests").properties()) {
      var limit = limits.get(request.getKey());
      if (limit != null && Quantity.of(request.getValue()).compareTo(Quantity.of(limit)) > 0) {
        violations.invalid(
            path + ".requests",
            Quantity.of(request.getValue()).toString(),
            "must be less than or equal to "
                + request.getKey()
                + " limit of "
                + Quantity.of(limit));
      }
    }
  }
}
