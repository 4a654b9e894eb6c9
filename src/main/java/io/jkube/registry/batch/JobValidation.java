package io.jkube.registry.batch;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.util.List;

/** What the spec of a job must be like, in a Job and in the template of a CronJob. */
final class JobValidation {
  private static final int MAX_INDEXED_PARALLELISM = 100_000;
  private static final int MAX_MANAGER_CHARACTERS = 63;
  private static final int MAX_POLICY_RULES = 20;
  private static final List<String> COUNTS =
      List.of(
          "parallelism",
          "completions",
          "activeDeadlineSeconds",
          "backoffLimit",
          "ttlSecondsAfterFinished",
          "backoffLimitPerIndex",
          "maxFailedIndexes");
  private static final List<String> IMMUTABLE =
      List.of(
          "completionMode",
          "podFailurePolicy",
          "backoffLimitPerIndex",
          "managedBy",
          "successPolicy");

  /** What of the template may change while a job is suspended that never ran. */
  private static final List<String> SCHEDULING =
      List.of("nodeSelector", "tolerations", "schedulingGates");

  private JobValidation() {}

  static void validate(JsonNode spec, String at, Violations violations) {
    var rules = new Rules(violations);
    COUNTS.forEach(count -> rules.notNegative(spec, count, at));
    rules.oneOf(spec, "completionMode", at, List.of("Indexed", "NonIndexed"));
    if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
      violations.required(at + ".backoffLimitPerIndex", "when maxFailedIndexes is specified");
    }
    managedBy(text(spec, "/managedBy"), at, violations);
    indexed(spec, at, violations);
    podFailurePolicy(spec, at, violations);
    PodTemplate.validate(spec.path("template"), at + ".template", violations);
    restartPolicy(spec, at + ".template.spec.restartPolicy", violations);
  }

  private static void managedBy(String manager, String at, Violations violations) {
    if (manager.isEmpty()) {
      return;
    }
    if (!manager.contains("/")) {
      violations.invalid(
          at + ".managedBy", manager, "must be a domain-prefixed path (such as \"acme.io/foo\")");
    }
    if (manager.length() > MAX_MANAGER_CHARACTERS) {
      violations.tooLong(at + ".managedBy", MAX_MANAGER_CHARACTERS);
    }
  }

  private static void indexed(JsonNode spec, String at, Violations violations) {
    if (text(spec, "/completionMode").equals("Indexed")) {
      if (!spec.hasNonNull("completions")) {
        violations.required(at + ".completions", "when completion mode is Indexed");
      }
      if (spec.path("parallelism").asInt() > MAX_INDEXED_PARALLELISM) {
        violations.invalid(
            at + ".parallelism",
            spec.get("parallelism"),
            "must be less than or equal to 100000 when completion mode is Indexed");
      }
      return;
    }
    for (var field : List.of("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")) {
      if (spec.hasNonNull(field)) {
        violations.invalid(at + "." + field, spec.get(field), "requires indexed completion mode");
      }
    }
  }

  private static void podFailurePolicy(JsonNode spec, String at, Violations violations) {
    var policy = spec.path("podFailurePolicy");
    if (!policy.isObject()) {
      return;
    }
    var list = objects(policy, "/rules");
    if (list.size() > MAX_POLICY_RULES) {
      violations.add(
          "FieldValueTooMany",
          at + ".podFailurePolicy.rules",
          "Too many: " + list.size() + ": must have at most " + MAX_POLICY_RULES + " items");
    }
    for (int i = 0; i < list.size(); i++) {
      failureRule(list.get(i), at + ".podFailurePolicy.rules[" + i + "]", violations);
    }
    var restart = text(spec, "/template/spec/restartPolicy");
    if (!restart.equals("Never")) {
      violations.invalid(
          at + ".template.spec.restartPolicy",
          restart,
          "only \"Never\" is supported when podFailurePolicy is specified");
    }
  }

  private static void failureRule(ObjectNode rule, String at, Violations violations) {
    var rules = new Rules(violations);
    if (rules.required(rule, "action", at)) {
      rules.oneOf(rule, "action", at, List.of("Count", "FailIndex", "FailJob", "Ignore"));
    }
    boolean codes = rule.hasNonNull("onExitCodes");
    boolean conditions = rule.path("onPodConditions").size() > 0;
    if (codes && conditions) {
      violations.invalid(
          at, rule, "specifying both OnExitCodes and OnPodConditions is not supported");
    } else if (!codes && !conditions) {
      violations.invalid(at, rule, "specifying one of OnExitCodes and OnPodConditions is required");
    }
    if (codes) {
      var exit = rule.path("onExitCodes");
      rules.oneOf(exit, "operator", at + ".onExitCodes", List.of("In", "NotIn"));
      if (exit.path("values").isEmpty()) {
        violations.invalid(
            at + ".onExitCodes.values", exit.path("values"), "at least one value is required");
      }
    }
  }

  /** The default of pods, Always, is no answer here. */
  private static void restartPolicy(JsonNode spec, String at, Violations violations) {
    var policy = text(spec, "/template/spec/restartPolicy");
    switch (policy) {
      case "OnFailure", "Never" -> {}
      case "Always" -> violations.required(at, "valid values: \"OnFailure\", \"Never\"");
      default -> violations.notSupported(at, policy, List.of("OnFailure", "Never"));
    }
  }

  static void selector(JsonNode spec, Violations violations) {
    var selector = spec.path("selector");
    if (!selector.isObject()) {
      violations.required("spec.selector", "");
    }
    Selectors.validate(selector, "spec.selector", violations);
    Selectors.parsed(selector)
        .ifPresent(
            parsed ->
                PodTemplate.selected(spec.path("template"), parsed, "spec.template", violations));
  }

  /** The last pod of an indexed job is the one with the longest name. */
  static void hostNames(ObjectNode job, Violations violations) {
    int completions = job.at("/spec/completions").asInt();
    if (!text(job, "/spec/completionMode").equals("Indexed") || completions <= 0) {
      return;
    }
    var name = text(job, "/metadata/name");
    var longest = name + "-" + (completions - 1);
    if (!NameRule.DNS_LABEL.violations(longest).isEmpty()) {
      violations.invalid(
          "metadata.name", name, "will not able to create pod with invalid DNS label: " + longest);
    }
  }

  static void update(ObjectNode updated, ObjectNode current, Violations violations) {
    var rules = new Rules(violations);
    var spec = child(updated, "spec");
    var before = child(current, "spec");
    if (!text(spec, "/completionMode").equals("Indexed")) {
      rules.immutable(spec, before, "completions", "spec");
    } else if (!spec.path("completions").equals(before.path("completions"))
        && !spec.path("completions").equals(spec.path("parallelism"))) {
      violations.invalid(
          "spec.completions",
          spec.get("completions"),
          "can only be modified in tandem with spec.parallelism");
    }
    rules.immutable(spec, before, "selector", "spec");
    template(spec, current, rules);
    IMMUTABLE.forEach(field -> rules.immutable(spec, before, field, "spec"));
  }

  private static void template(ObjectNode spec, ObjectNode current, Rules rules) {
    var before = child(current, "spec");
    boolean neverRan =
        before.path("suspend").asBoolean() && !current.path("status").hasNonNull("startTime");
    rules.immutable(
        neverRan ? withoutScheduling(spec) : spec,
        neverRan ? withoutScheduling(before) : before,
        "template",
        "spec");
  }

  private static ObjectNode withoutScheduling(ObjectNode spec) {
    var copy = spec.deepCopy();
    var template = child(copy, "template");
    child(template, "metadata").remove(List.of("labels", "annotations"));
    var pod = child(template, "spec");
    pod.remove(SCHEDULING);
    if (pod.get("affinity") instanceof ObjectNode affinity) {
      affinity.remove("nodeAffinity");
      if (affinity.isEmpty()) {
        pod.remove("affinity");
      }
    }
    return copy;
  }
}
