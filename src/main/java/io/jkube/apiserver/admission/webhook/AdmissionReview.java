package io.jkube.apiserver.admission.webhook;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.admission.RequestDocument;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.webhook.WebhookCallException;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The question that goes to a webhook, and what its answer must look like.
 *
 * @param uid that question and answer share
 * @param version {@code v1} or {@code v1beta1}
 */
record AdmissionReview(String uid, String version, ObjectNode question) {
  private static final String GROUP = "admission.k8s.io";

  /**
   * What a webhook said.
   *
   * @param status its explanation of a refusal; may be missing
   * @param patch RFC 6902; null for none
   */
  record Answer(
      boolean allowed,
      JsonNode status,
      JsonNode patch,
      List<String> warnings,
      Map<String, String> auditAnnotations) {}

  static AdmissionReview of(Webhook webhook, RequestView view) {
    var uid = UUID.randomUUID().toString();
    var version = webhook.reviewVersion();
    var question =
        Json.object().put("kind", "AdmissionReview").put("apiVersion", GROUP + "/" + version);
    question.set("request", RequestDocument.of(uid, view));
    return new AdmissionReview(uid, version, question);
  }

  /**
   * @throws WebhookCallException where it is not what was asked for
   */
  Answer read(ObjectNode review, boolean mutating) throws WebhookCallException {
    if (!(review.get("response") instanceof ObjectNode response)) {
      throw invalid("webhook response was absent");
    }
    if (version.equals("v1")) {
      requireSameReview(review, response);
    }
    var annotations = new LinkedHashMap<String, String>();
    response
        .path("auditAnnotations")
        .properties()
        .forEach(each -> annotations.put(each.getKey(), each.getValue().asText()));
    return new Answer(
        response.path("allowed").asBoolean(),
        response.path("status"),
        patch(response, mutating),
        texts(response, "/warnings"),
        annotations);
  }

  private void requireSameReview(ObjectNode review, ObjectNode response)
      throws WebhookCallException {
    if (!text(response, "/uid").equals(uid)) {
      throw invalid(
          "expected response.uid=\"%s\", got \"%s\"".formatted(uid, text(response, "/uid")));
    }
    var apiVersion = text(review, "/apiVersion");
    var kind = text(review, "/kind");
    if (!apiVersion.equals(GROUP + "/v1") || !kind.equals("AdmissionReview")) {
      throw invalid(
          "expected webhook response of %s/v1, Kind=AdmissionReview, got %s, Kind=%s"
              .formatted(GROUP, apiVersion.isEmpty() ? "/" : apiVersion, kind));
    }
  }

  private JsonNode patch(ObjectNode response, boolean mutating) throws WebhookCallException {
    var patch = text(response, "/patch");
    boolean typed = response.hasNonNull("patchType");
    if (!mutating) {
      if (!patch.isEmpty()) {
        throw invalid("validating webhook may not return response.patch");
      }
      if (typed) {
        throw invalid("validating webhook may not return response.patchType");
      }
      return null;
    }
    if (version.equals("v1")) {
      requireType(text(response, "/patchType"), typed, patch);
    }
    return patch.isEmpty() ? null : decoded(patch);
  }

  private static void requireType(String type, boolean typed, String patch)
      throws WebhookCallException {
    if (!patch.isEmpty() && !typed) {
      throw invalid("webhook returned response.patch but not response.patchType");
    }
    if (patch.isEmpty() && typed) {
      throw invalid("webhook returned response.patchType but not response.patch");
    }
    if (typed && !type.equals("JSONPatch")) {
      throw invalid("webhook returned invalid response.patchType of \"" + type + "\"");
    }
  }

  private static JsonNode decoded(String patch) throws WebhookCallException {
    try {
      return Json.MAPPER.readTree(Base64.getDecoder().decode(patch));
    } catch (IOException | IllegalArgumentException | ApiException malformed) {
      throw invalid("the patch is not JSON: " + malformed.getMessage());
    }
  }

  private static WebhookCallException invalid(String why) {
    return new WebhookCallException("received invalid webhook response: " + why);
  }
}
