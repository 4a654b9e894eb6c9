package io.jkube.apiserver.admission.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.admission.AdmissionPlugin;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.Violations;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses pods that their namespace does not allow, and warns of what would make such. */
public final class PodSecurity implements AdmissionPlugin {
  private static final String AUDIT = "pod-security.kubernetes.io/";
  private static final Set<String> CHANGING = Set.of("", "ephemeralcontainers", "resize");

  /** Where what makes pods holds their template. */
  private static final Map<String, String> TEMPLATES =
      Map.of(
          "podtemplates", "/template",
          "replicationcontrollers", "/spec/template",
          "deployments.apps", "/spec/template",
          "replicasets.apps", "/spec/template",
          "statefulsets.apps", "/spec/template",
          "daemonsets.apps", "/spec/template",
          "jobs.batch", "/spec/template",
          "cronjobs.batch", "/spec/jobTemplate/spec/template");

  private final SettledKind namespaces;
  private final ExistingPods existing;

  public PodSecurity(SettledKind namespaces, SettledKind pods) {
    this.namespaces = namespaces;
    this.existing = new ExistingPods(pods);
  }

  @Override
  public void admit(AdmissionRequest request) {
    if (request.operation() != Operation.CREATE && request.operation() != Operation.UPDATE) {
      return;
    }
    var resource = request.groupResource();
    if (resource.equals("pods")) {
      if (CHANGING.contains(request.subresource())) {
        pod(request);
      }
    } else if (request.subresource().isEmpty()) {
      var template = TEMPLATES.get(resource);
      if (template != null) {
        template(request, template);
      } else if (request.call().resource().equals(Resources.NAMESPACES)) {
        namespace(request);
      }
    }
  }

  private void pod(AdmissionRequest request) {
    var policy = policy(request);
    if (policy.asksNothing()
        || request.operation() == Operation.UPDATE
            && !SignificantUpdate.is(request.object(), request.current())) {
      return;
    }
    var pod = PodView.of(request.object());
    annotate(request, "enforce-policy", policy.enforce().toString());
    var broken = Standards.check(pod, policy.enforce());
    audit(request, pod, policy);
    if (!broken.isEmpty()) {
      throw request.forbidden(
          "violates PodSecurity \"" + policy.enforce() + "\": " + Finding.details(broken));
    }
    warn(request, pod, policy);
  }

  private void template(AdmissionRequest request, String at) {
    var policy = policy(request);
    JsonNode template = request.object().at(at);
    if (!policy.tellsNothing() && template.path("spec").isObject()) {
      var pod = PodView.of(template);
      audit(request, pod, policy);
      warn(request, pod, policy);
    }
  }

  private SecurityPolicy policy(AdmissionRequest request) {
    var namespace =
        namespaces
            .get(ObjectKey.cluster(request.namespace()))
            .orElseThrow(
                () ->
                    ApiException.internal(
                        "failed to lookup namespace \"" + request.namespace() + "\""));
    return SecurityPolicy.of(namespace.tree().at("/metadata/labels"), new Violations());
  }

  private static void audit(AdmissionRequest request, PodView pod, SecurityPolicy policy) {
    var broken = Standards.check(pod, policy.audit());
    if (!broken.isEmpty()) {
      annotate(request, "audit-violations", wouldViolate(policy.audit(), broken));
    }
  }

  private static void warn(AdmissionRequest request, PodView pod, SecurityPolicy policy) {
    var broken = Standards.check(pod, policy.warn());
    if (!broken.isEmpty()) {
      warn(request, wouldViolate(policy.warn(), broken));
    }
  }

  private static void warn(AdmissionRequest request, String warning) {
    if (!request.call().warnings().contains(warning)) {
      request.call().warnings().add(warning);
    }
  }

  private static String wouldViolate(LevelVersion standard, List<Finding> broken) {
    return "would violate PodSecurity \"" + standard + "\": " + Finding.details(broken);
  }

  private static void annotate(AdmissionRequest request, String key, String value) {
    request.call().auditAnnotations().put(AUDIT + key, value);
  }

  private void namespace(AdmissionRequest request) {
    var violations = new Violations();
    var next = SecurityPolicy.of(request.object().at("/metadata/labels"), violations);
    if (request.operation() == Operation.CREATE) {
      violations.throwIfAny(request.call().definition().kind(), request.name());
      return;
    }
    var before = new Violations();
    var old = SecurityPolicy.of(request.current().at("/metadata/labels"), before);
    if (!violations.list().equals(before.list())) {
      violations.throwIfAny(request.call().definition().kind(), request.name());
    }
    boolean stricter =
        next.enforce().level().compareTo(old.enforce().level()) > 0
            || next.enforce().minor() != old.enforce().minor();
    if (stricter && next.enforce().level() != LevelVersion.Level.PRIVILEGED) {
      existing.violating(request.name(), next.enforce()).forEach(warning -> warn(request, warning));
    }
  }
}
