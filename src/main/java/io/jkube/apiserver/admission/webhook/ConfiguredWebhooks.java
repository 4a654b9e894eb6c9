package io.jkube.apiserver.admission.webhook;

import io.jkube.api.GroupVersionResource;
import io.jkube.apiserver.metrics.WebhookMetrics;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.webhook.WebhookClient;

/** The webhooks of one kind of configuration: which there are, whom they concern, how to ask. */
public record ConfiguredWebhooks(WebhookSource source, Matcher matcher, WebhookCalls calls) {
  private static final String GROUP = "admissionregistration.k8s.io";

  public static ConfiguredWebhooks mutating(
      ObjectStore objects, Matcher matcher, WebhookClient client, WebhookMetrics metrics) {
    return of(
        "mutatingwebhookconfigurations", objects, matcher, new WebhookCalls(client, metrics, true));
  }

  public static ConfiguredWebhooks validating(
      ObjectStore objects, Matcher matcher, WebhookClient client, WebhookMetrics metrics) {
    return of(
        "validatingwebhookconfigurations",
        objects,
        matcher,
        new WebhookCalls(client, metrics, false));
  }

  private static ConfiguredWebhooks of(
      String configurations, ObjectStore objects, Matcher matcher, WebhookCalls calls) {
    var kind = objects.settled(new GroupVersionResource(GROUP, "v1", configurations));
    return new ConfiguredWebhooks(new WebhookSource(kind), matcher, calls);
  }
}
