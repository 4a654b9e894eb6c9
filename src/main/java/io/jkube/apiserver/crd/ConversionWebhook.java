package io.jkube.apiserver.crd;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.webhook.ClientConfig;
import io.jkube.apiserver.webhook.WebhookCallException;
import io.jkube.apiserver.webhook.WebhookClient;
import io.jkube.registry.Tree;
import io.jkube.registry.crd.VersionConverter;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Asks the webhook of a definition for objects in another version. Of the metadata it may change
 * labels and annotations only.
 *
 * @param config where it is
 * @param version of the review that it understands
 */
record ConversionWebhook(WebhookClient client, ClientConfig config, String version)
    implements VersionConverter {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String GROUP = "apiextensions.k8s.io/";
  private static final List<String> KNOWN = List.of("v1", "v1beta1");
  private static final List<String> CHANGEABLE = List.of("labels", "annotations");

  /**
   * @param webhook the definition's {@code spec.conversion.webhook}
   */
  static ConversionWebhook of(WebhookClient client, JsonNode webhook) {
    var version =
        texts(webhook, "/conversionReviewVersions").stream()
            .filter(KNOWN::contains)
            .findFirst()
            .orElse(KNOWN.getFirst());
    return new ConversionWebhook(client, ClientConfig.of(webhook.path("clientConfig")), version);
  }

  @Override
  public ObjectNode convert(ObjectNode object, String apiVersion) {
    var uid = UUID.randomUUID().toString();
    var review = Json.object().put("apiVersion", GROUP + version).put("kind", "ConversionReview");
    review
        .putObject("request")
        .put("uid", uid)
        .put("desiredAPIVersion", apiVersion)
        .putArray("objects")
        .add(object);
    try {
      return converted(
          client.post(config, TIMEOUT, review).path("response"), uid, object, apiVersion);
    } catch (WebhookCallException unreachable) {
      throw failure(object, "failed: " + unreachable.getMessage());
    }
  }

  private static ObjectNode converted(
      JsonNode response, String uid, ObjectNode object, String apiVersion) {
    if (!text(response, "/uid").equals(uid)) {
      throw failure(
          object,
          "failed: expected response.uid=\"%s\", got \"%s\""
              .formatted(uid, text(response, "/uid")));
    }
    if (!text(response, "/result/status").equals("Success")) {
      var why = text(response, "/result/message");
      throw failure(
          object, "failed: " + (why.isEmpty() ? "response.result.status was not Success" : why));
    }
    var objects = response.path("convertedObjects");
    if (objects.size() != 1) {
      throw failure(object, "returned " + objects.size() + " objects, expected 1");
    }
    if (!(objects.get(0) instanceof ObjectNode found)
        || !text(found, "/apiVersion").equals(apiVersion)
        || !text(found, "/kind").equals(text(object, "/kind"))) {
      throw failure(
          object, "returned invalid converted object at index 0: invalid groupVersion or kind");
    }
    restoreMetadata(found, object);
    return found;
  }

  private static void restoreMetadata(ObjectNode found, ObjectNode object) {
    var changed = found.path("metadata");
    var metadata = (ObjectNode) object.path("metadata").deepCopy();
    for (var field : CHANGEABLE) {
      if (changed instanceof ObjectNode own) {
        Tree.restore(metadata, own, field);
      }
    }
    found.set("metadata", metadata);
  }

  private static ApiException failure(ObjectNode object, String why) {
    return ApiException.internal(
        "conversion webhook for %s, Kind=%s %s"
            .formatted(text(object, "/apiVersion"), text(object, "/kind"), why));
  }
}
