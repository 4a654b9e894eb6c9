package io.jkube.apiserver.admission.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Mutator;
import io.jkube.apiserver.admission.Reinvocation;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.admission.webhook.WebhookCalls.FailedOpen;
import io.jkube.apiserver.admission.webhook.WebhookCalls.Passed;
import io.jkube.apiserver.admission.webhook.WebhookCalls.Refused;
import io.jkube.apiserver.patch.JsonPatch;
import java.util.List;

/**
 * One request's way through the mutating webhooks. Each sees what those before it made of the
 * object. A webhook with {@code reinvocationPolicy: IfNeeded} is asked a second time where the
 * object changed after it was asked. One thread's.
 */
final class MutatingPass implements Mutator.Pass {
  private static final String MUTATION = "mutation.webhook.admission.k8s.io/";
  private static final String PATCH = "patch.webhook.admission.k8s.io/";
  private static final String FAILED_OPEN = "failed-open.mutation.webhook.admission.k8s.io/";

  private final AdmissionRequest request;
  private final List<Webhook> webhooks;
  private final Matcher matcher;
  private final WebhookCalls calls;

  private final Reinvocation<Webhook> reinvocation = new Reinvocation<>();

  MutatingPass(
      AdmissionRequest request, List<Webhook> webhooks, Matcher matcher, WebhookCalls calls) {
    this.request = request;
    this.webhooks = webhooks;
    this.matcher = matcher;
    this.calls = calls;
  }

  @Override
  public boolean run(int round) {
    reinvocation.begin(round, request.object());
    boolean changed = false;
    for (int i = 0; i < webhooks.size(); i++) {
      var webhook = webhooks.get(i);
      if (reinvocation.isDue(round, webhook)) {
        var place = "round_" + round + "_index_" + i;
        changed |=
            matcher.match(webhook, request).map(invocation -> ask(invocation, place)).orElse(false);
      }
    }
    reinvocation.end(round, request.object());
    return changed;
  }

  private boolean ask(Invocation invocation, String place) {
    var webhook = invocation.webhook();
    var view = RequestView.of(request, invocation.seenAs());
    var outcome = calls.ask(webhook, request, view);
    WebhookCalls.note(request, webhook, outcome);
    return switch (outcome) {
      case Refused refused -> {
        annotate(MUTATION + place, note(webhook).put("mutated", false));
        throw refused.why();
      }
      case FailedOpen open -> {
        annotate(MUTATION + place, note(webhook).put("mutated", false));
        request.call().auditAnnotations().put(FAILED_OPEN + place, webhook.name());
        yield false;
      }
      case Passed passed -> {
        boolean changed = passed.patch() != null && apply(webhook, view, passed.patch(), place);
        annotate(MUTATION + place, note(webhook).put("mutated", changed));
        if (changed) {
          reinvocation.changed();
        }
        if (webhook.reinvoked()) {
          reinvocation.wishes(webhook);
        }
        yield changed;
      }
    };
  }

  private boolean apply(Webhook webhook, RequestView view, JsonNode patch, String place) {
    if (view.object() == null) {
      throw ApiException.internal(
          "admission webhook \""
              + webhook.name()
              + "\" attempted to modify the object, which is not supported for this operation");
    }
    if (patch.isEmpty()) {
      return false;
    }
    boolean changed = view.replaceObject(patched(webhook, view.object(), patch));
    var noted = note(webhook);
    noted.set("patch", patch);
    annotate(PATCH + place, noted.put("patchType", "JSONPatch"));
    return changed;
  }

  private static ObjectNode patched(Webhook webhook, ObjectNode object, JsonNode patch) {
    try {
      if (JsonPatch.apply(object, patch) instanceof ObjectNode changed) {
        return changed;
      }
    } catch (ApiException unfit) {
      throw ApiException.internal(unfit.getMessage());
    }
    throw ApiException.internal(
        "admission webhook \"" + webhook.name() + "\" made of the object what is none");
  }

  private static ObjectNode note(Webhook webhook) {
    return Json.object()
        .put("configuration", webhook.configuration())
        .put("webhook", webhook.name());
  }

  private void annotate(String key, ObjectNode value) {
    request.call().auditAnnotations().put(key, value.toString());
  }
}
