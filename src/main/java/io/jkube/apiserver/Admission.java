package io.jkube.apiserver;

import io.jkube.api.Resources;
import io.jkube.apiserver.admission.AdmissionChain;
import io.jkube.apiserver.admission.BuiltInPlugins;
import io.jkube.apiserver.admission.Charges;
import io.jkube.apiserver.admission.UnheldNetworkPolicies;
import io.jkube.apiserver.admission.address.AddressClaims;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.admission.podsecurity.PodSecurity;
import io.jkube.apiserver.admission.policy.MutatingPolicies;
import io.jkube.apiserver.admission.policy.ValidatingPolicies;
import io.jkube.apiserver.admission.quota.QuotaAdmission;
import io.jkube.apiserver.admission.quota.QuotaStatus;
import io.jkube.apiserver.admission.webhook.ConfiguredWebhooks;
import io.jkube.apiserver.admission.webhook.Matcher;
import io.jkube.apiserver.admission.webhook.MutatingWebhooks;
import io.jkube.apiserver.admission.webhook.ValidatingWebhooks;
import io.jkube.apiserver.metrics.WebhookMetrics;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.webhook.WebhookClient;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.schema.SchemaSource;
import java.util.List;
import java.util.function.Supplier;

/** Puts the admission chain together: the one visible list of who has a say in a write. */
final class Admission {
  private Admission() {}

  static AdmissionChain chain(
      ObjectStore objects,
      StoredObjects others,
      SchemaSource schemas,
      Rights rights,
      WebhookClient client,
      WebhookMetrics metrics,
      ServerParts parts) {
    Supplier<ResourceCatalog> catalog = parts::catalog;
    var namespaces = objects.settled(Resources.NAMESPACES);
    var equivalents = new Equivalents(catalog);
    var authorizer = rights.authorizer();
    var matcher = new Matcher(namespaces, equivalents, authorizer);
    return new AdmissionChain(
        BuiltInPlugins.list(others, authorizer, rights.policies()),
        List.of(
            new MutatingPolicies(objects, equivalents, authorizer, catalog, schemas),
            new MutatingWebhooks(ConfiguredWebhooks.mutating(objects, matcher, client, metrics))),
        List.of(
            new PodSecurity(namespaces, objects.settled(Resources.PODS)),
            new UnheldNetworkPolicies(parts.policyObstacle()),
            new ValidatingPolicies(objects, equivalents, authorizer, catalog),
            new ValidatingWebhooks(
                ConfiguredWebhooks.validating(objects, matcher, client, metrics))),
        new Charges(
            List.of(
                new QuotaAdmission(objects, new QuotaStatus(objects, catalog), parts.clock()),
                new AddressClaims(objects, catalog, parts.clock()))));
  }
}
