package io.jkube.registry.flowcontrol;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
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

/** FlowSchemas: which requests belong together, and to which priority level. */
public final class FlowSchemas {
  private static final int PRECEDENCE = 1000;
  private static final int MAX_PRECEDENCE = 10_000;

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("flowcontrol.apiserver.k8s.io", "v1", "FlowSchema", "flowschemas")
          .subresources("status")
          .generation()
          .column("PriorityLevel", each -> text(each, "/spec/priorityLevelConfiguration/name"))
          .column(TableColumn.count("MatchingPrecedence", "/spec/matchingPrecedence"))
          .column("DistinguisherMethod", FlowSchemas::distinguisher)
          .ageColumn()
          .column("MissingPL", FlowSchemas::missingLevel)
          .strategy(new FlowSchemaStrategy())
          .build();

  private FlowSchemas() {}

  private static String distinguisher(ObjectNode schema) {
    var method = text(schema, "/spec/distinguisherMethod/type");
    return method.isEmpty() ? "<none>" : method;
  }

  private static String missingLevel(ObjectNode schema) {
    return objects(schema, "/status/conditions").stream()
        .filter(each -> text(each, "/type").equals("Dangling"))
        .map(each -> text(each, "/status"))
        .findFirst()
        .orElse("?");
  }

  private static final class FlowSchemaStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode schema) {
      putIfAbsent(child(schema, "spec"), "matchingPrecedence", PRECEDENCE);
    }

    @Override
    public void validate(ObjectNode schema, Violations violations) {
      var spec = schema.path("spec");
      var precedence = spec.path("matchingPrecedence");
      if (precedence.asInt() <= 0) {
        violations.invalid("spec.matchingPrecedence", precedence, "must be a positive value");
      } else if (precedence.asInt() > MAX_PRECEDENCE) {
        violations.invalid("spec.matchingPrecedence", precedence, "must not be greater than 10000");
      }
      var rules = new Rules(violations);
      rules.oneOf(
          spec.path("distinguisherMethod"),
          "type",
          "spec.distinguisherMethod",
          List.of("ByNamespace", "ByUser"));
      rules.required(
          spec.path("priorityLevelConfiguration"), "name", "spec.priorityLevelConfiguration");
      int index = 0;
      for (var rule : objects(spec, "/rules")) {
        rule(rule, "spec.rules[" + index++ + "]", rules);
      }
    }

    private static void rule(ObjectNode rule, String at, Rules rules) {
      if (rule.path("subjects").isEmpty()) {
        rules.violations().required(at + ".subjects", "subjects must contain at least one value");
      }
      if (rule.path("resourceRules").isEmpty() && rule.path("nonResourceRules").isEmpty()) {
        rules
            .violations()
            .required(at, "at least one of resourceRules and nonResourceRules has to be non-empty");
      }
      int index = 0;
      for (var subject : objects(rule, "/subjects")) {
        subject(subject, at + ".subjects[" + index++ + "]", rules);
      }
    }

    private static void subject(ObjectNode subject, String at, Rules rules) {
      var field =
          switch (text(subject, "/kind")) {
            case "User" -> "user";
            case "Group" -> "group";
            case "ServiceAccount" -> "serviceAccount";
            case String other -> {
              rules
                  .violations()
                  .notSupported(at + ".kind", other, List.of("Group", "ServiceAccount", "User"));
              yield "";
            }
          };
      JsonNode named = subject.path(field);
      if (field.isEmpty()) {
        return;
      }
      if (!named.isObject()) {
        rules
            .violations()
            .required(
                at + "." + field,
                field + " is required when subject kind is '" + text(subject, "/kind") + "'");
      } else {
        rules.required(named, "name", at + "." + field);
      }
    }
  }
}
