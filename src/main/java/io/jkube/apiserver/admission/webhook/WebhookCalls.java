package io.jkube.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.metrics.WebhookMetrics;
import io.jkube.apiserver.webhook.WebhookCallException;
import io.jkube.apiserver.webhook.WebhookClient;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one webhook and judges its answer. Thread-safe. */
record WebhookCalls(WebhookClient client, WebhookMetrics metrics, boolean mutating) {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookCalls.class);
  private static final int OK = 200;
  private static final String REFUSED = "no_error";
  private static final String UNREACHABLE = "calling_webhook_error";

  /** What asking came to. */
  sealed interface Outcome {
    /** What to tell the client. */
    List<String> warnings();

    /** What to note in the audit log, by the webhook's own keys. */
    Map<String, String> auditAnnotations();
  }

  /**
   * The write may go on.
   *
   * @param patch null for none
   */
  record Passed(JsonNode patch, List<String> warnings, Map<String, String> auditAnnotations)
      implements Outcome {}

  /** The webhook could not be asked, and the write goes on without it. */
  record FailedOpen() implements Outcome {
    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public Map<String, String> auditAnnotations() {
      return Map.of();
    }
  }

  /** The write may not be. */
  record Refused(ApiException why, List<String> warnings, Map<String, String> auditAnnotations)
      implements Outcome {}

  Outcome ask(Webhook webhook, AdmissionRequest request, RequestView view) {
    var call =
        new WebhookMetrics.Call(
            webhook.name(), mutating ? "admit" : "validating", request.operation().name());
    if (request.dryRun() && !webhook.dryRun()) {
      return new Refused(Denial.noDryRun(webhook.name()), List.of(), Map.of());
    }
    long start = System.nanoTime();
    try {
      var review = AdmissionReview.of(webhook, view);
      return answered(call, webhook, review.read(post(webhook, review), mutating), start);
    } catch (WebhookCallException failure) {
      return failed(call, webhook, failure, start);
    }
  }

  private ObjectNode post(Webhook webhook, AdmissionReview review) throws WebhookCallException {
    try {
      return client.post(webhook.client(), webhook.timeout(), review.question());
    } catch (WebhookCallException failure) {
      throw new WebhookCallException("failed to call webhook: " + failure.getMessage(), failure);
    }
  }

  private Outcome answered(
      WebhookMetrics.Call call, Webhook webhook, AdmissionReview.Answer answer, long start) {
    long took = System.nanoTime() - start;
    if (answer.allowed()) {
      metrics.asked(call, OK, false, took);
      return new Passed(answer.patch(), answer.warnings(), answer.auditAnnotations());
    }
    var why = Denial.of(webhook.name(), answer.status());
    metrics.asked(call, why.code(), true, took);
    metrics.rejected(call, REFUSED, why.code());
    return new Refused(why, answer.warnings(), answer.auditAnnotations());
  }

  private Outcome failed(
      WebhookMetrics.Call call, Webhook webhook, WebhookCallException failure, long start) {
    var message = "failed calling webhook \"" + webhook.name() + "\": " + failure.getMessage();
    long took = System.nanoTime() - start;
    if (webhook.failOpen()) {
      LOG.warn("The write goes on: {}", message);
      metrics.asked(call, OK, false, took);
      metrics.failedOpen(webhook.name(), call.type());
      return new FailedOpen();
    }
    var why = ApiException.internal(message);
    metrics.asked(call, why.code(), true, took);
    metrics.rejected(call, UNREACHABLE, why.code());
    return new Refused(why, List.of(), Map.of());
  }

  /** Keeps what the webhook has to say beside its answer. */
  static void note(AdmissionRequest request, Webhook webhook, Outcome outcome) {
    for (var warning : outcome.warnings()) {
      if (!request.call().warnings().contains(warning)) {
        request.call().warnings().add(warning);
      }
    }
    outcome
        .auditAnnotations()
        .forEach(
            (key, value) ->
                request.call().auditAnnotations().put(webhook.name() + "/" + key, value));
  }
}
