package io.jkube.registry.admissionregistration;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;

/** MutatingWebhookConfigurations: who is asked to change what is written. */
public final class MutatingWebhookConfigurations {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "admissionregistration.k8s.io",
              "v1",
              "MutatingWebhookConfiguration",
              "mutatingwebhookconfigurations")
          .categories("api-extensions")
          .generation()
          .column(TableColumn.integer("Webhooks", each -> each.path("webhooks").size()))
          .ageColumn()
          .strategy(new WebhookStrategy(true))
          .build();

  private MutatingWebhookConfigurations() {}
}
