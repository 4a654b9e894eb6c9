package io.jkube.registry.flowcontrol;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.List;

/** PriorityLevelConfigurations: how many requests of a level run at a time, and which wait. */
public final class PriorityLevelConfigurations {
  private static final int CONCURRENCY_SHARES = 30;
  private static final int QUEUES = 64;
  private static final int HAND_SIZE = 8;
  private static final int QUEUE_LENGTH_LIMIT = 50;
  private static final int MOST_QUEUES = 10_000_000;

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "flowcontrol.apiserver.k8s.io",
              "v1",
              "PriorityLevelConfiguration",
              "prioritylevelconfigurations")
          .subresources("status")
          .generation()
          .column("Type", each -> text(each, "/spec/type"))
          .column(number("NominalConcurrencyShares", "nominalConcurrencyShares"))
          .column(number("Queues", "limitResponse/queuing/queues"))
          .column(number("HandSize", "limitResponse/queuing/handSize"))
          .column(number("QueueLengthLimit", "limitResponse/queuing/queueLengthLimit"))
          .ageColumn()
          .strategy(new PriorityLevelStrategy())
          .build();

  private PriorityLevelConfigurations() {}

  private static TableColumn number(String name, String pointer) {
    return TableColumn.integer(
        name,
        each -> {
          var found = each.at("/spec/limited/" + pointer);
          return found.isNumber() ? (Object) found.asInt() : "<none>";
        });
  }

  private static final class PriorityLevelStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode level) {
      var spec = child(level, "spec");
      if (text(spec, "/type").equals("Exempt")) {
        putIfAbsent(child(spec, "exempt"), "nominalConcurrencyShares", 0);
        putIfAbsent(child(spec, "exempt"), "lendablePercent", 0);
      }
      if (spec.get("limited") instanceof ObjectNode limited) {
        putIfAbsent(limited, "nominalConcurrencyShares", CONCURRENCY_SHARES);
        putIfAbsent(limited, "lendablePercent", 0);
        if (limited.at("/limitResponse/queuing") instanceof ObjectNode queuing) {
          putIfAbsent(queuing, "queues", QUEUES);
          putIfAbsent(queuing, "handSize", HAND_SIZE);
          putIfAbsent(queuing, "queueLengthLimit", QUEUE_LENGTH_LIMIT);
        }
      }
    }

    @Override
    public void validate(ObjectNode level, Violations violations) {
      var spec = level.path("spec");
      switch (text(spec, "/type")) {
        case "Exempt" -> {
          if (spec.path("limited").isObject()) {
            violations.forbidden("spec.limited", "must be nil if the type is not Limited");
          }
          shares(spec.path("exempt"), "spec.exempt", new Rules(violations));
        }
        case "Limited" -> {
          if (spec.path("exempt").isObject()) {
            violations.forbidden("spec.exempt", "must be nil if the type is not Exempt");
          }
          if (!spec.path("limited").isObject()) {
            violations.required("spec.limited", "must not be empty when type is Limited");
          } else {
            limited(spec.path("limited"), new Rules(violations));
          }
        }
        case String other ->
            violations.notSupported("spec.type", other, List.of("Exempt", "Limited"));
      }
    }

    private static void shares(JsonNode level, String at, Rules rules) {
      if (level.path("nominalConcurrencyShares").asInt() < 0) {
        rules
            .violations()
            .invalid(
                at + ".nominalConcurrencyShares",
                level.get("nominalConcurrencyShares"),
                "must be a non-negative integer");
      }
      rules.between(level, "lendablePercent", at, 0, 100);
    }

    private static void limited(JsonNode limited, Rules rules) {
      var at = "spec.limited";
      shares(limited, at, rules);
      if (limited.path("borrowingLimitPercent").asInt() < 0) {
        rules
            .violations()
            .invalid(
                at + ".borrowingLimitPercent",
                limited.get("borrowingLimitPercent"),
                "if specified, must be a non-negative integer");
      }
      var response = limited.path("limitResponse");
      var queuing = response.path("queuing");
      switch (text(response, "/type")) {
        case "Reject" -> {
          if (queuing.isObject()) {
            rules
                .violations()
                .forbidden(
                    at + ".limitResponse.queuing",
                    "must be nil if limited.limitResponse.type is not Limited");
          }
        }
        case "Queue" -> {
          if (!queuing.isObject()) {
            rules
                .violations()
                .required(
                    at + ".limitResponse.queuing",
                    "must not be empty if limited.limitResponse.type is Limited");
          } else {
            queuing(queuing, at + ".limitResponse.queuing", rules.violations());
          }
        }
        case String other ->
            rules
                .violations()
                .notSupported(at + ".limitResponse.type", other, List.of("Queue", "Reject"));
      }
    }

    private static void queuing(JsonNode queuing, String at, Violations violations) {
      for (var field : List.of("queueLengthLimit", "queues", "handSize")) {
        if (queuing.path(field).asInt() <= 0) {
          violations.invalid(at + "." + field, queuing.path(field), "must be positive");
        }
      }
      int queues = queuing.path("queues").asInt();
      if (queues > MOST_QUEUES) {
        violations.invalid(
            at + ".queues", queuing.path("queues"), "must not be greater than " + MOST_QUEUES);
      }
      if (queuing.path("handSize").asInt() > queues) {
        violations.invalid(
            at + ".handSize",
            queuing.path("handSize"),
            "should not be greater than queues (" + queues + ")");
      }
    }
  }
}
