package io.jkube.apiserver.admission.webhook;

import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.registry.cel.CelProblem;
import java.util.Optional;

/** Which webhooks a request concerns. Thread-safe. */
public record Matcher(SettledKind namespaces, Equivalents equivalents, Authorizer authorizer) {
  /**
   * @throws io.jkube.api.ApiException NotFound for a namespace that is gone, Forbidden where a
   *     condition fails
   */
  Optional<Invocation> match(Webhook webhook, AdmissionRequest request) {
    if (webhook.match().rules().isEmpty()) {
      return Optional.empty();
    }
    return webhook
        .match()
        .match(request, namespaces, equivalents)
        .map(seenAs -> new Invocation(webhook, seenAs))
        .filter(invocation -> holds(invocation, request));
  }

  private boolean holds(Invocation invocation, AdmissionRequest request) {
    try {
      return invocation
          .webhook()
          .conditions()
          .match(() -> RequestView.of(request, invocation.seenAs()).variables(authorizer));
    } catch (CelProblem failed) {
      throw request.forbidden(failed.getMessage());
    }
  }
}
