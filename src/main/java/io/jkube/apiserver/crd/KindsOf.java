package io.jkube.apiserver.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.webhook.WebhookClient;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.crd.CrdConditions;
import io.jkube.registry.crd.CustomResources;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds that one definition makes.
 *
 * @param said everything in the definition that they follow from
 */
record KindsOf(ObjectNode said, List<ResourceDefinition> definitions) {
  private static final Logger LOG = LoggerFactory.getLogger(KindsOf.class);

  /** Groups by name, versions as the definition orders them (the sort keeps it), then kinds. */
  static final Comparator<ResourceDefinition> DISCOVERY_ORDER =
      Comparator.comparing((ResourceDefinition each) -> each.resource().group())
          .thenComparing(each -> each.resource().version(), CustomResources.NEWEST_FIRST)
          .thenComparing(each -> each.resource().resource());

  /**
   * @param before what the definition made so far, or null; the same where nothing changed
   */
  static KindsOf of(ObjectNode crd, KindsOf before, WebhookClient webhooks) {
    var said = Json.object();
    said.set("uid", crd.at("/metadata/uid"));
    said.set("spec", crd.path("spec"));
    said.set("names", crd.at("/status/acceptedNames"));
    said.put("established", CrdConditions.is(crd, CrdConditions.ESTABLISHED));
    said.put("deleted", crd.path("metadata").has("deletionTimestamp"));
    return before != null && before.said().equals(said)
        ? before
        : new KindsOf(said.deepCopy(), definitions(crd, webhooks));
  }

  /** Whether objects read the same as by another state of the definition. */
  boolean readsLike(KindsOf other) {
    return other != null
        && said.deepCopy().without("deleted").equals(other.said.deepCopy().without("deleted"));
  }

  /** A definition of an older server that cannot be read keeps no other from being served. */
  private static List<ResourceDefinition> definitions(ObjectNode crd, WebhookClient webhooks) {
    try {
      return CustomResources.served(crd, webhook -> ConversionWebhook.of(webhooks, webhook));
    } catch (IllegalArgumentException unreadable) {
      LOG.warn("{} is not served: {}", crd.at("/metadata/name").asText(), unreadable.getMessage());
      return List.of();
    }
  }
}
