package io.jkube.apiserver.admission.webhook;

import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.cel.CelProblem;
import java.util.Optional;

/** Which webhooks a request concerns. Thread-safe. */
public record Matcher(SettledKind namespaces, Equivalents equivalents) {
  /**
   * @throws io.jkube.api.ApiException NotFound for a namespace that is gone, Forbidden where a
   *     condition fails
   */
  Optional<Invocation> match(Webhook webhook, AdmissionRequest request) {
    var own = request.call().definition();
    if (takes(webhook, request, own)) {
      return selected(new Invocation(webhook, own), request);
    }
    if (webhook.exact()) {
      return Optional.empty();
    }
    for (var other : equivalents.of(own.resource())) {
      if (takes(webhook, request, other)) {
        return selected(new Invocation(webhook, other), request);
      }
    }
    return Optional.empty();
  }

  private Optional<Invocation> selected(Invocation invocation, AdmissionRequest request) {
    var webhook = invocation.webhook();
    return webhook.selectors().match(request, namespaces) && holds(invocation, request)
        ? Optional.of(invocation)
        : Optional.empty();
  }

  private static boolean holds(Invocation invocation, AdmissionRequest request) {
    try {
      return invocation
          .webhook()
          .conditions()
          .match(() -> RequestView.of(request, invocation.seenAs()).variables());
    } catch (CelProblem failed) {
      throw request.forbidden(failed.getMessage());
    }
  }

  private static boolean takes(
      Webhook webhook, AdmissionRequest request, ResourceDefinition seenAs) {
    for (var rule : webhook.rules()) {
      if (rule.matches(request, seenAs.resource())) {
        return true;
      }
    }
    return false;
  }
}
