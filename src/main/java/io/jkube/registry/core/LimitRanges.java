package io.jkube.registry.core;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Quantity;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Quantities;
import io.jkube.registry.validation.Rules;
import java.util.List;
import java.util.TreeSet;

/** LimitRanges: how much each pod, container or claim of a namespace may ask for. */
public final class LimitRanges {
  private static final List<String> LISTS =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "LimitRange", "limitranges")
          .shortNames("limits")
          .column("Created At", each -> text(each, "/metadata/creationTimestamp"))
          .strategy(new LimitRangeStrategy())
          .build();

  private LimitRanges() {}

  private static final class LimitRangeStrategy implements Strategy {
    /** What a container gets that says nothing follows from what it may have. */
    @Override
    public void applyDefaults(ObjectNode range) {
      for (var limit : objects(range, "/spec/limits")) {
        Quantities.canonical(limit, LISTS.toArray(String[]::new));
        if (text(limit, "/type").equals("Container")) {
          fill(limit, "default", "max");
          fill(limit, "defaultRequest", "default");
          fill(limit, "defaultRequest", "min");
        }
      }
    }

    private static void fill(ObjectNode limit, String field, String from) {
      for (var amount : limit.path(from).properties()) {
        if (!limit.path(field).has(amount.getKey())) {
          child(limit, field).set(amount.getKey(), amount.getValue());
        }
      }
    }

    @Override
    public void validate(ObjectNode range, Violations violations) {
      var limits = objects(range, "/spec/limits");
      new Rules(violations).unique(limits, "type", "spec.limits");
      for (int i = 0; i < limits.size(); i++) {
        var limit = limits.get(i);
        var at = "spec.limits[" + i + "]";
        var type = text(limit, "/type");
        if (type.equals("Pod")) {
          forbid(limit, "default", at, violations);
          forbid(limit, "defaultRequest", at, violations);
        }
        if (type.equals("PersistentVolumeClaim")
            && !limit.path("min").has("storage")
            && !limit.path("max").has("storage")) {
          violations.required(
              at + ".limits",
              "either minimum or maximum storage value is required, but neither was provided");
        }
        var resources = new TreeSet<String>();
        LISTS.forEach(list -> limit.path(list).fieldNames().forEachRemaining(resources::add));
        resources.forEach(resource -> order(limit, resource, at, violations));
      }
    }

    private static void forbid(ObjectNode limit, String field, String at, Violations found) {
      if (!limit.path(field).isEmpty()) {
        found.forbidden(at + "." + field, "may not be specified when `type` is 'Pod'");
      }
    }

    /** The least, what is given, and the most, in this order. */
    private static void order(ObjectNode limit, String resource, String at, Violations found) {
      ordered(limit, resource, "min", "min", "max", "max", "min", at, found);
      ordered(
          limit,
          resource,
          "min",
          "min",
          "defaultRequest",
          "default request",
          "defaultRequest",
          at,
          found);
      ordered(
          limit,
          resource,
          "defaultRequest",
          "default request",
          "max",
          "max",
          "defaultRequest",
          at,
          found);
      ordered(
          limit,
          resource,
          "defaultRequest",
          "default request",
          "default",
          "default limit",
          "defaultRequest",
          at,
          found);
      ordered(limit, resource, "min", "min", "default", "default", "default", at, found);
      ordered(limit, resource, "default", "default", "max", "max", "default", at, found);
      var ratio = limit.path("maxLimitRequestRatio").path(resource);
      if (!ratio.isMissingNode() && Quantity.of(ratio).millis() < 1000) {
        found.invalid(
            at + ".maxLimitRequestRatio[" + resource + "]",
            ratio,
            "ratio " + ratio.asText() + " is less than 1");
      }
    }

    private static void ordered(
        ObjectNode limit,
        String resource,
        String less,
        String lessWords,
        String more,
        String moreWords,
        String blamed,
        String at,
        Violations violations) {
      JsonNode least = limit.path(less).path(resource);
      JsonNode most = limit.path(more).path(resource);
      if (least.isMissingNode()
          || most.isMissingNode()
          || Quantity.of(least).compareTo(Quantity.of(most)) <= 0) {
        return;
      }
      violations.invalid(
          at + "." + blamed + "[" + resource + "]",
          limit.path(blamed).path(resource),
          lessWords
              + " value "
              + least.asText()
              + " is greater than "
              + moreWords
              + " value "
              + most.asText());
    }
  }
}
