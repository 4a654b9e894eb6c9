package io.jkube.apiserver.admission.webhook;

import io.jkube.api.GroupVersionResource;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Mutator;
import io.jkube.apiserver.metrics.WebhookMetrics;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.webhook.WebhookClient;

/** Asks the mutating webhooks that a request concerns, one after the other. */
public final class MutatingWebhooks implements Mutator {
  public static final GroupVersionResource CONFIGURATIONS =
      new GroupVersionResource(
          "admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations");

  private final WebhookSource source;
  private final Matcher matcher;
  private final WebhookCalls calls;

  /**
   * @param configurations of {@link #CONFIGURATIONS}
   */
  public MutatingWebhooks(
      SettledKind configurations, Matcher matcher, WebhookClient client, WebhookMetrics metrics) {
    this.source = new WebhookSource(configurations);
    this.matcher = matcher;
    this.calls = new WebhookCalls(client, metrics, true);
  }

  @Override
  public Pass begin(AdmissionRequest request) {
    var all = source.current();
    return all.isEmpty() ? Pass.NOTHING : new MutatingPass(request, all, matcher, calls);
  }
}
