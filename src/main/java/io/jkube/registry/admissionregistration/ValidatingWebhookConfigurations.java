package io.jkube.registry.admissionregistration;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;

/** ValidatingWebhookConfigurations: who is asked whether a write may be. */
public final class ValidatingWebhookConfigurations {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "admissionregistration.k8s.io",
              "v1",
              "ValidatingWebhookConfiguration",
              "validatingwebhookconfigurations")
          .categories("api-extensions")
          .generation()
          .column(TableColumn.integer("Webhooks", each -> each.path("webhooks").size()))
          .ageColumn()
          .strategy(new WebhookStrategy(false))
          .build();

  private ValidatingWebhookConfigurations() {}
}
