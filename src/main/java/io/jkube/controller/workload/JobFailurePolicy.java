package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.controller.runtime.Conditions;
import java.util.Optional;

/** What the failure of a pod means for its Job: the first rule that matches decides. */
record JobFailurePolicy(JsonNode rules) {
  enum Action {
    COUNT,
    IGNORE,
    FAIL_INDEX,
    FAIL_JOB
  }

  /** {@code message} tells which rule matched; empty when none did. */
  record Decision(Action action, String message) {}

  static JobFailurePolicy of(JobSpec spec) {
    return new JobFailurePolicy(spec.spec().path("podFailurePolicy").path("rules"));
  }

  Decision decide(JsonNode pod) {
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var action = rule.path("action").asText();
      var match = match(rule, pod);
      if (match.isPresent()) {
        return new Decision(
            actionOf(action), match.get() + " matching " + action + " rule at index " + i);
      }
    }
    return new Decision(Action.COUNT, "");
  }

  private static Action actionOf(String action) {
    return switch (action) {
      case "Ignore" -> Action.IGNORE;
      case "FailIndex" -> Action.FAIL_INDEX;
      case "FailJob" -> Action.FAIL_JOB;
      default -> Action.COUNT;
    };
  }

  private static Optional<String> match(JsonNode rule, JsonNode pod) {
    var exitCodes = rule.path("onExitCodes");
    return exitCodes.isObject() ? matchExitCodes(exitCodes, pod) : matchConditions(rule, pod);
  }

  private static Optional<String> matchExitCodes(JsonNode wanted, JsonNode pod) {
    var only = wanted.path("containerName").asText();
    for (var list : new String[] {"containerStatuses", "initContainerStatuses"}) {
      for (var container : pod.path("status").path(list)) {
        var name = container.path("name").asText();
        var exit = container.path("state").path("terminated").path("exitCode");
        if ((only.isEmpty() || only.equals(name)) && exit.asInt() != 0 && matches(wanted, exit)) {
          return Optional.of(
              "Container " + name + " for pod " + name(pod) + " failed with exit code " + exit);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(JsonNode wanted, JsonNode exitCode) {
    boolean listed = false;
    for (var value : wanted.path("values")) {
      listed |= value.asInt() == exitCode.asInt();
    }
    return listed == wanted.path("operator").asText().equals("In");
  }

  private static Optional<String> matchConditions(JsonNode rule, JsonNode pod) {
    for (var wanted : rule.path("onPodConditions")) {
      var type = wanted.path("type").asText();
      if (Conditions.status(pod, type).equals(wanted.path("status").asText("True"))) {
        return Optional.of("Pod " + name(pod) + " has condition " + type);
      }
    }
    return Optional.empty();
  }

  private static String name(JsonNode pod) {
    var metadata = pod.path("metadata");
    return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
  }
}
