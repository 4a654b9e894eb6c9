package io.jkube.apiserver.admission.webhook;

import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Mutator;

/** Asks the mutating webhooks that a request concerns, one after the other. */
public record MutatingWebhooks(ConfiguredWebhooks webhooks) implements Mutator {
  @Override
  public Pass begin(AdmissionRequest request) {
    var all = webhooks.source().current();
    return all.isEmpty()
        ? Pass.NOTHING
        : new MutatingPass(request, all, webhooks.matcher(), webhooks.calls());
  }
}
