package io.jkube.apiserver.admission.webhook;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.admission.AdmissionPlugin;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Exempt;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.admission.webhook.WebhookCalls.FailedOpen;
import io.jkube.apiserver.admission.webhook.WebhookCalls.Outcome;
import io.jkube.apiserver.admission.webhook.WebhookCalls.Passed;
import io.jkube.apiserver.admission.webhook.WebhookCalls.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks all validating webhooks that a request concerns, side by side; all must let it pass. */
public record ValidatingWebhooks(ConfiguredWebhooks webhooks) implements AdmissionPlugin {
  private static final String FAILED_OPEN = "failed-open.validating.webhook.admission.k8s.io/";

  @Override
  public void admit(AdmissionRequest request) {
    var all = webhooks.source().current();
    if (all.isEmpty() || Exempt.is(request)) {
      return;
    }
    var concerned = new ArrayList<Invocation>();
    for (var webhook : all) {
      webhooks.matcher().match(webhook, request).ifPresent(concerned::add);
    }
    if (!concerned.isEmpty()) {
      judge(request, concerned, ask(request, concerned));
    }
  }

  private List<Outcome> ask(AdmissionRequest request, List<Invocation> concerned) {
    if (concerned.size() == 1) {
      return List.of(ask(request, concerned.getFirst()));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Outcome>>();
      for (var invocation : concerned) {
        asked.add(threads.submit(() -> ask(request, invocation)));
      }
      var outcomes = new ArrayList<Outcome>();
      for (var each : asked) {
        outcomes.add(each.get());
      }
      return outcomes;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the server is stopping");
    }
  }

  private Outcome ask(AdmissionRequest request, Invocation invocation) {
    var view = RequestView.of(request, invocation.seenAs());
    return webhooks.calls().ask(invocation.webhook(), request, view);
  }

  /** The first refusal, in the order of the webhooks, is the answer. */
  private static void judge(
      AdmissionRequest request, List<Invocation> concerned, List<Outcome> outcomes) {
    ApiException refusal = null;
    for (int i = 0; i < outcomes.size(); i++) {
      var webhook = concerned.get(i).webhook();
      WebhookCalls.note(request, webhook, outcomes.get(i));
      switch (outcomes.get(i)) {
        case Passed passed -> {}
        case FailedOpen open ->
            request
                .call()
                .auditAnnotations()
                .put(FAILED_OPEN + "round_0_index_" + i, webhook.name());
        case Refused refused -> refusal = refusal == null ? refused.why() : refusal;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }
}
