package io.jkube.registry.crd;

import io.jkube.registry.Violations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What the rules of one schema can cost at most, against upstream's limits ("Resource use by
 * validation functions" in the documentation of Kubernetes). One thread's.
 */
final class RuleCosts {
  private static final long LIMIT_A_RULE = 10_000_000;
  private static final long LIMIT_A_SCHEMA = 100_000_000;
  private static final long WORTH_NAMING = LIMIT_A_SCHEMA / 100;
  private static final int NAMED = 4;
  private static final double MUCH = 100;
  private static final double LITTLE = 1.5;

  private final Violations violations;
  private final List<Cost> expensive = new ArrayList<>();
  private double total;

  /** A double, for estimates go beyond what a long holds. */
  private record Cost(String path, double cost) {}

  RuleCosts(Violations violations) {
    this.violations = violations;
  }

  /**
   * @param each what one evaluation can cost
   * @param times how often the expression can be evaluated over one object
   */
  void add(String path, String what, long each, long times) {
    double cost = (double) each * times;
    if (cost > LIMIT_A_RULE) {
      violations.forbidden(path, exceeds(what, cost, LIMIT_A_RULE));
    }
    total += cost;
    if (cost >= WORTH_NAMING) {
      expensive.add(new Cost(path, cost));
    }
  }

  /** Adds what is wrong with all of them together. */
  void total(String path) {
    if (total <= LIMIT_A_SCHEMA) {
      return;
    }
    expensive.stream()
        .sorted(Comparator.comparingDouble(Cost::cost).reversed())
        .limit(NAMED)
        .forEach(
            each ->
                violations.forbidden(
                    each.path(),
                    "contributed to estimated rule cost total exceeding cost limit for entire"
                        + " OpenAPIv3 schema"));
    violations.forbidden(
        path,
        exceeds(
            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
            total,
            LIMIT_A_SCHEMA));
  }

  private static String exceeds(String what, double cost, long limit) {
    double factor = cost / limit;
    var words =
        factor > MUCH
            ? "more than 100x"
            : String.format(Locale.ROOT, factor < LITTLE ? "%fx" : "%.1fx", factor);
    return what
        + " exceeds budget by factor of "
        + words
        + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where"
        + " arrays, maps, and strings are declared)";
  }
}
