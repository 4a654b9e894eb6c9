package io.jkube.apiserver.admission.policy;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Mutator;
import io.jkube.apiserver.admission.Reinvocation;
import io.jkube.apiserver.admission.RequestView;
import io.jkube.apiserver.admission.policy.Invocations.Invocation;
import io.jkube.apiserver.admission.policy.Invocations.Misconfigured;
import io.jkube.apiserver.fields.Overlay;
import io.jkube.apiserver.patch.JsonPatch;
import io.jkube.registry.cel.CelProblem;
import java.util.ArrayList;
import java.util.List;

/** One request's way through the mutating policies. One thread's. */
final class MutationPass implements Mutator.Pass {
  private final AdmissionRequest request;
  private final Invocations<Mutations> policies;
  private final Overlay overlay;
  private final Reinvocation<Key> reinvocation = new Reinvocation<>();

  /** The same invocation in both rounds. */
  private record Key(String policy, String binding, String namespace, String parameters) {
    static Key of(Invocation<?> invocation) {
      return new Key(
          invocation.policy().name(),
          invocation.binding().name(),
          text(invocation.parameters(), "/metadata/namespace"),
          text(invocation.parameters(), "/metadata/name"));
    }
  }

  MutationPass(AdmissionRequest request, Invocations<Mutations> policies, Overlay overlay) {
    this.request = request;
    this.policies = policies;
    this.overlay = overlay;
  }

  @Override
  public boolean run(int round) {
    reinvocation.begin(round, request.object());
    boolean changed = false;
    var failures = new ArrayList<Decision>();
    for (var each : policies.of(request)) {
      var why = new ArrayList<Decision>();
      switch (each) {
        case Invocation<Mutations> invocation -> changed |= invoke(round, invocation, why);
        case Misconfigured<Mutations> misconfigured ->
            why.add(new Decision(misconfigured.why(), StatusReason.FORBIDDEN, -1));
      }
      if (!each.policy().failOpen()) {
        why.forEach(
            one ->
                failures.add(
                    one.saying(
                        "policy '%s' with binding '%s' denied request: %s"
                            .formatted(
                                each.policy().name(), each.binding().name(), one.message()))));
      }
    }
    reinvocation.end(round, request.object());
    if (!failures.isEmpty()) {
      throw refusal(failures);
    }
    return changed;
  }

  private boolean invoke(int round, Invocation<Mutations> invocation, List<Decision> why) {
    var policy = invocation.policy();
    try {
      if (!evaluation(invocation).concerned()) {
        return false;
      }
    } catch (CelProblem failed) {
      why.add(Decision.failure(failed.getMessage()));
      return false;
    }
    var key = Key.of(invocation);
    if (!reinvocation.isDue(round, key)) {
      return false;
    }
    boolean changed = false;
    for (var mutation : policy.action().list()) {
      try {
        changed |= request.object() != null && mutate(invocation, mutation);
      } catch (CelProblem | ApiException failed) {
        why.add(Decision.failure(failed.getMessage()));
      }
    }
    if (changed) {
      reinvocation.changed();
    }
    if (policy.action().reinvoked()) {
      reinvocation.wishes(key);
    }
    return changed;
  }

  private RequestView view(Invocation<Mutations> invocation) {
    return RequestView.of(request, invocation.seenAs());
  }

  private Evaluation evaluation(Invocation<Mutations> invocation) {
    return new Evaluation(invocation.policy(), view(invocation), invocation.parameters(), policies);
  }

  private boolean mutate(Invocation<Mutations> invocation, Mutations.Mutation mutation) {
    var view = view(invocation);
    var built = evaluation(invocation).evaluate(mutation.expression()).built();
    var changed =
        switch (mutation) {
          case Mutations.Configuration configuration -> overlaid(view, built);
          case Mutations.Patch patch -> patched(view, built);
        };
    return view.replaceObject(changed);
  }

  private ObjectNode overlaid(RequestView view, JsonNode configuration) {
    try {
      return overlay.apply(view.kind(), view.object(), (ObjectNode) configuration);
    } catch (ApiException unfit) {
      throw ApiException.badRequest("error applying patch: " + unfit.getMessage());
    }
  }

  private static ObjectNode patched(RequestView view, JsonNode patch) {
    try {
      if (JsonPatch.applyIfTestsHold(view.object(), patch) instanceof ObjectNode changed) {
        return changed;
      }
    } catch (ApiException unfit) {
      throw ApiException.badRequest("JSONPath: " + unfit.getMessage());
    }
    throw ApiException.badRequest("JSONPath: the patch makes of the object what is none");
  }

  private ApiException refusal(List<Decision> failures) {
    var status = request.forbidden("").status();
    var first = failures.getFirst();
    status.put("message", first.message()).put("reason", first.reason().text());
    var causes = status.withObject("/details").putArray("causes");
    failures.forEach(each -> causes.addObject().put("message", each.message()));
    return ApiException.ofStatus(status);
  }
}
