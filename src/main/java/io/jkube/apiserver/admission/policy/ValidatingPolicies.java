package io.jkube.apiserver.admission.policy;

import io.jkube.apiserver.admission.AdmissionPlugin;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Exempt;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.admission.policy.Invocations.Concerned;
import io.jkube.apiserver.admission.policy.Invocations.Invocation;
import io.jkube.apiserver.admission.policy.Invocations.Misconfigured;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.registry.ResourceCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Holds writes against the validating policies that are bound for them. */
public final class ValidatingPolicies implements AdmissionPlugin {
  private final Invocations<Validations> policies;

  public ValidatingPolicies(
      ObjectStore objects,
      Equivalents equivalents,
      Authorizer authorizer,
      Supplier<ResourceCatalog> catalog) {
    this.policies =
        Invocations.of(
            "v1",
            "validatingadmission",
            Validations::of,
            objects,
            equivalents,
            authorizer,
            catalog);
  }

  @Override
  public void admit(AdmissionRequest request) {
    if (policies.none() || Exempt.is(request)) {
      return;
    }
    var verdict = new Verdict(request);
    var annotations = new HashMap<String, String>();
    for (var each : policies.of(request)) {
      decide(each, request, annotations)
          .forEach(decision -> verdict.add(each.policy().name(), each.binding(), decision));
    }
    request.call().auditAnnotations().putAll(annotations);
    verdict.throwIfDenied();
  }

  private List<Decision> decide(
      Concerned<Validations> concerned, AdmissionRequest request, Map<String, String> annotations) {
    return switch (concerned) {
      case Invocation<Validations>(var policy, var binding, var seenAs, var parameters) -> {
        var view = RequestView.of(request, seenAs);
        var evaluation = new Evaluation(policy, view, parameters, policies);
        yield new Judgement(policy, evaluation).decide(annotations);
      }
      case Misconfigured<Validations>(var policy, var binding, var why) ->
          policy.failOpen() ? List.of() : List.of(Decision.failure(why));
    };
  }
}
