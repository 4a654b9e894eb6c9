package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.cel.CelEnvironment;
import io.jkube.registry.cel.CelProblem;
import io.jkube.registry.cel.ResultType;
import io.jkube.registry.schema.SchemaSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Holds the expressions of validating policies against the schemas of the kinds they are about
 * ("Type checking" in the documentation of Validating Admission Policies).
 */
public record PolicyTypes(ResourceCatalog catalog, SchemaSource schemas) {
  private static final int MAX_KINDS = 10;
  private static final String COMPILATION = "compilation failed: ";
  private static final Comparator<GroupVersionKind> ORDER =
      Comparator.comparing(GroupVersionKind::group)
          .thenComparing(GroupVersionKind::version)
          .thenComparing(GroupVersionKind::kind);

  /** The {@code expressionWarnings} of a policy; empty where nothing is wrong. */
  public ArrayNode warnings(ObjectNode policy) {
    var warnings = Json.array();
    var spec = policy.path("spec");
    var checks = kinds(spec).stream().map(kind -> new Check(kind, spec, this)).toList();
    int index = 0;
    for (var each : objects(spec, "/validations")) {
      var at = "spec.validations[" + index++ + "].";
      warn(text(each, "/expression"), at + "expression", checks, warnings);
      warn(text(each, "/messageExpression"), at + "messageExpression", checks, warnings);
    }
    return warnings;
  }

  private static void warn(String expression, String at, List<Check> checks, ArrayNode warnings) {
    var wrong = new ArrayList<String>();
    if (!expression.isEmpty()) {
      checks.forEach(check -> check.add(expression, wrong));
    }
    if (!wrong.isEmpty()) {
      warnings.addObject().put("fieldRef", at).put("warning", String.join("\n", wrong));
    }
  }

  /** The policy's expressions over objects of one kind. */
  private static final class Check {
    private final GroupVersionKind kind;
    private final PolicyExpressions expressions;

    Check(GroupVersionKind kind, JsonNode spec, PolicyTypes types) {
      this.kind = kind;
      this.expressions = new PolicyExpressions(() -> types.environment(kind, spec));
      for (var each : objects(spec, "/variables")) {
        try {
          expressions.declare(text(each, "/name"), text(each, "/expression"));
        } catch (CelProblem unfit) {
          // who uses it does not fit either, and says so
        }
      }
    }

    void add(String expression, List<String> wrong) {
      try {
        expressions.read(expression, ResultType.ANY);
      } catch (CelProblem unfit) {
        var apiVersion = kind.group().isEmpty() ? "/" + kind.version() : kind.apiVersion();
        wrong.add(
            "%s, Kind=%s: %s\n"
                .formatted(apiVersion, kind.kind(), unfit.getMessage().replace(COMPILATION, "")));
      }
    }
  }

  private CelEnvironment.Builder environment(GroupVersionKind kind, JsonNode spec) {
    var object = schemas.schema(kind).orElseThrow();
    var builder =
        AdmissionExpressions.ofRequest()
            .variable("object", object, schemas)
            .variable("oldObject", object, schemas);
    var parameters = spec.path("paramKind");
    if (!parameters.isObject()) {
      return builder;
    }
    var schema = schemas.schema(kind(parameters));
    return schema.isEmpty()
        ? builder.variable("params")
        : builder.variable("params", schema.get(), schemas);
  }

  private static GroupVersionKind kind(JsonNode stated) {
    var apiVersion = text(stated, "/apiVersion");
    int slash = apiVersion.indexOf('/');
    return new GroupVersionKind(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        apiVersion.substring(slash + 1),
        text(stated, "/kind"));
  }

  /** Those that the rules name without wildcards, as long as their number is small. */
  private List<GroupVersionKind> kinds(JsonNode spec) {
    var kinds = new TreeSet<>(ORDER);
    for (var rule : objects(spec, "/matchConstraints/resourceRules")) {
      if (texts(rule, "/apiGroups").contains("*") || texts(rule, "/apiVersions").contains("*")) {
        continue;
      }
      for (var group : texts(rule, "/apiGroups")) {
        for (var version : texts(rule, "/apiVersions")) {
          for (var resource : texts(rule, "/resources")) {
            catalog
                .find(new GroupVersionResource(group, version, resource))
                .map(definition -> definition.kind())
                .filter(kind -> schemas.schema(kind).isPresent())
                .ifPresent(kinds::add);
          }
        }
      }
    }
    return kinds.stream().limit(MAX_KINDS).toList();
  }
}
