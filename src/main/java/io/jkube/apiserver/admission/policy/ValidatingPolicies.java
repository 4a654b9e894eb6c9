package io.jkube.apiserver.admission.policy;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.admission.AdmissionPlugin;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Exempt;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.ResourceCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Asks all policies that are bound for a write. */
public final class ValidatingPolicies implements AdmissionPlugin {
  private static final String GROUP = "admissionregistration.k8s.io";
  private static final String FAILURE = "validation.policy.admission.k8s.io/validation_failure";

  private final PolicySource source;
  private final SettledKind namespaces;
  private final Equivalents equivalents;
  private final Parameters parameters;

  public ValidatingPolicies(
      ObjectStore objects,
      SettledKind namespaces,
      Equivalents equivalents,
      Supplier<ResourceCatalog> catalog) {
    this.source =
        new PolicySource(
            objects.settled(new GroupVersionResource(GROUP, "v1", "validatingadmissionpolicies")),
            objects.settled(
                new GroupVersionResource(GROUP, "v1", "validatingadmissionpolicybindings")));
    this.namespaces = namespaces;
    this.equivalents = equivalents;
    this.parameters = new Parameters(objects, catalog);
  }

  @Override
  public void admit(AdmissionRequest request) {
    var all = source.current();
    if (all.isEmpty() || Exempt.is(request)) {
      return;
    }
    var verdict = new Verdict(request);
    for (var bound : all) {
      bound
          .policy()
          .match()
          .match(request, namespaces, equivalents)
          .ifPresent(
              seenAs -> judge(bound, values(RequestView.of(request, seenAs)), request, verdict));
    }
    verdict.throwIfDenied();
  }

  private Map<String, Object> values(RequestView view) {
    var values = new HashMap<>(view.variables());
    var request = view.request();
    var namespace =
        request.call().resource().equals(Resources.NAMESPACES) || request.namespace().isEmpty()
            ? null
            : namespaces.get(ObjectKey.cluster(request.namespace())).orElse(null);
    values.put("namespaceObject", namespace == null ? NullNode.getInstance() : namespace.tree());
    return values;
  }

  private void judge(
      PolicySource.Bound bound,
      Map<String, Object> values,
      AdmissionRequest request,
      Verdict verdict) {
    for (var binding : bound.bindings()) {
      if (binding.match().match(request, namespaces, equivalents).isPresent()) {
        var annotations = new HashMap<String, String>();
        decide(bound.policy(), binding, values, request, annotations)
            .forEach(each -> verdict.add(bound.policy(), binding, each));
        request.call().auditAnnotations().putAll(annotations);
      }
    }
  }

  private List<Decision> decide(
      Policy policy,
      Binding binding,
      Map<String, Object> values,
      AdmissionRequest request,
      Map<String, String> annotations) {
    try {
      return parameters.of(policy, binding, request).stream()
          .flatMap(each -> new Evaluation(policy, values, each).decide(annotations).stream())
          .toList();
    } catch (Parameters.Missing missing) {
      return policy.failOpen()
          ? List.of()
          : List.of(Decision.failure("failed to configure binding: " + missing.getMessage()));
    }
  }

  /** Collects what policies say of one write. */
  private static final class Verdict {
    private final AdmissionRequest request;
    private final com.fasterxml.jackson.databind.node.ArrayNode failures = Json.array();
    private ApiException denial;

    Verdict(AdmissionRequest request) {
      this.request = request;
    }

    void add(Policy policy, Binding binding, Decision decision) {
      for (var action : binding.actions()) {
        switch (action) {
          case "Deny" -> deny(policy, binding, decision);
          case "Warn" -> warn(policy, binding, decision);
          case "Audit" -> audit(policy, binding, decision);
          default -> {}
        }
      }
    }

    private void deny(Policy policy, Binding binding, Decision decision) {
      if (denial != null) {
        return;
      }
      var why =
          "ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
              .formatted(policy.name(), binding.name(), decision.message());
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

    private void warn(Policy policy, Binding binding, Decision decision) {
      var warning =
          "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
              .formatted(policy.name(), binding.name(), decision.message());
      if (!request.call().warnings().contains(warning)) {
        request.call().warnings().add(warning);
      }
    }

    private void audit(Policy policy, Binding binding, Decision decision) {
      var failure =
          failures
              .addObject()
              .put("message", decision.message())
              .put("policy", policy.name())
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
}
