package io.jkube.apiserver.admission.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.admission.AdmissionRequest;

/** What validating policies say of one write. One thread's. */
final class Verdict {
  private static final String FAILURE = "validation.policy.admission.k8s.io/validation_failure";

  private final AdmissionRequest request;
  private final ArrayNode failures = Json.array();
  private ApiException denial;

  Verdict(AdmissionRequest request) {
    this.request = request;
  }

  void add(String policy, Binding binding, Decision decision) {
    for (var action : binding.actions()) {
      switch (action) {
        case "Deny" -> deny(policy, binding, decision);
        case "Warn" -> warn(policy, binding, decision);
        case "Audit" -> audit(policy, binding, decision);
        default -> {}
      }
    }
  }

  private void deny(String policy, Binding binding, Decision decision) {
    if (denial != null) {
      return;
    }
    var why =
        "ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
            .formatted(policy, binding.name(), decision.message());
    var status = request.forbidden(why).status();
    var reason = decision.reason();
    status.put("reason", reason.text()).put("code", code(reason));
    status.withObject("/details").putArray("causes").addObject().put("message", why);
    denial = ApiException.ofStatus(status);
  }

  private static int code(StatusReason reason) {
    return switch (reason) {
      case UNAUTHORIZED, FORBIDDEN, REQUEST_ENTITY_TOO_LARGE -> reason.code();
      default -> StatusReason.INVALID.code();
    };
  }

  private void warn(String policy, Binding binding, Decision decision) {
    var warning =
        "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
            .formatted(policy, binding.name(), decision.message());
    if (!request.call().warnings().contains(warning)) {
      request.call().warnings().add(warning);
    }
  }

  private void audit(String policy, Binding binding, Decision decision) {
    var failure =
        failures
            .addObject()
            .put("message", decision.message())
            .put("policy", policy)
            .put("binding", binding.name())
            .put("expressionIndex", decision.index());
    binding.actions().forEach(failure.putArray("validationActions")::add);
    request.call().auditAnnotations().put(FAILURE, failures.toString());
  }

  void throwIfDenied() {
    if (denial != null) {
      throw denial;
    }
  }
}
