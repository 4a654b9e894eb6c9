package io.jkube.registry.policy;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.IntOrPercent;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.time.Instant;
import java.util.List;

/** PodDisruptionBudgets: how many of some pods may be evicted at a time. */
public final class PodDisruptionBudgets {
  private static final List<String> COUNTS =
      List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets")
          .shortNames("pdb")
          .subresources("status")
          .generation()
          .column("Min Available", budget -> orNotApplicable(budget.at("/spec/minAvailable")))
          .column("Max Unavailable", budget -> orNotApplicable(budget.at("/spec/maxUnavailable")))
          .column(TableColumn.count("Allowed Disruptions", "/status/disruptionsAllowed"))
          .ageColumn()
          .strategy(new BudgetStrategy())
          .build();

  private PodDisruptionBudgets() {}

  private static String orNotApplicable(JsonNode amount) {
    return amount.isMissingNode() ? "N/A" : amount.asText();
  }

  private static final class BudgetStrategy implements StatusStrategy {
    @Override
    public void prepareForCreate(ObjectNode budget, Instant now) {
      var status = budget.putObject("status");
      COUNTS.forEach(count -> status.put(count, 0));
    }

    @Override
    public void validate(ObjectNode budget, Violations violations) {
      var spec = budget.path("spec");
      if (spec.hasNonNull("minAvailable") && spec.hasNonNull("maxUnavailable")) {
        violations.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
      }
      for (var field : List.of("minAvailable", "maxUnavailable")) {
        var amount = spec.path(field);
        if (!amount.isMissingNode()) {
          IntOrPercent.validate(amount, "spec." + field, violations);
          IntOrPercent.notMoreThanAll(amount, "spec." + field, violations);
        }
      }
      Selectors.validate(spec.path("selector"), "spec.selector", violations);
      var policies = List.of("AlwaysAllow", "IfHealthyBudget");
      if (!text(spec, "/unhealthyPodEvictionPolicy").isEmpty()) {
        new Rules(violations).oneOf(spec, "unhealthyPodEvictionPolicy", "spec", policies);
      }
    }

    @Override
    public void validateStatusUpdate(
        ObjectNode updated, ObjectNode current, Violations violations) {
      var rules = new Rules(violations);
      COUNTS.forEach(count -> rules.notNegative(updated.path("status"), count, "status"));
    }
  }
}
