package io.jkube.registry.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Quantity;
import io.jkube.registry.Violations;

/** Lists of amounts by resource: {@code cpu: 500m}. */
public final class Quantities {
  private Quantities() {}

  /** Upstream stores quantities in their canonical form: {@code 0.5} as {@code 500m}. */
  public static void canonical(ObjectNode holder, String... lists) {
    for (var list : lists) {
      if (holder.get(list) instanceof ObjectNode amounts) {
        for (var amount : amounts.properties()) {
          try {
            amount.setValue(amounts.textNode(Quantity.of(amount.getValue()).toString()));
          } catch (ApiException malformed) {
            continue; // left as it is for the schema engine to refuse
          }
        }
      }
    }
  }

  /** An amount that is there must be more than nothing. */
  public static void positive(
      JsonNode amounts, String resource, String path, Violations violations) {
    var amount = amounts.path(resource);
    if (!amount.isMissingNode() && Quantity.of(amount).signum() <= 0) {
      violations.invalid(path, amount, "must be greater than zero");
    }
  }
}
