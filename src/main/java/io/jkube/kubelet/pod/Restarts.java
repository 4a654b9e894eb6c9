package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerRestartRule;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * Whether an ended container runs again: by the first of its rules that fits, by its own policy, by
 * the pod's (Kubernetes: "Container restart policy").
 */
final class Restarts {
  private Restarts() {}

  static boolean wanted(Pod pod, Container container, ContainerRecord exited) {
    int code = exited.newest().exitCode();
    boolean ruled =
        container.getRestartPolicyRules().stream()
            .anyMatch(rule -> "Restart".equals(rule.getAction()) && fits(rule, code));
    if (ruled) {
      return true;
    }
    var own = container.getRestartPolicy();
    var policy = own == null || own.isEmpty() ? pod.getSpec().getRestartPolicy() : own;
    return switch (policy == null ? "Always" : policy) {
      case "Never" -> false;
      case "OnFailure" -> code != 0;
      default -> true;
    };
  }

  /** An init container that succeeded has done its part, whatever its policy. */
  static boolean initFailedForGood(Pod pod, Container init, ContainerRecord record) {
    return record.hasExited() && !record.succeeded() && !wanted(pod, init, record);
  }

  private static boolean fits(ContainerRestartRule rule, int code) {
    var codes = rule.getExitCodes();
    if (codes == null) {
      return false;
    }
    boolean named = codes.getValues().contains(code);
    return "NotIn".equals(codes.getOperator()) ? !named : named;
  }
}
