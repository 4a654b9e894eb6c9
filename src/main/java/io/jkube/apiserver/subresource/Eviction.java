package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.DeleteOptions;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.storage.ObjectStore;
import java.time.InstantSource;

/**
 * POST of {@code pods/eviction}: deletes a pod, as a drain does, if its disruption budget allows.
 */
public record Eviction(ObjectStore objects, Mutations mutations, InstantSource clock)
    implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var eviction = BodyReader.object(call);
    var name = eviction.at("/metadata/name").asText();
    if (!name.isEmpty() && !name.equals(call.info().name())) {
      throw ApiException.badRequest("name in URL does not match name in Eviction object");
    }
    var options = eviction.get("deleteOptions") instanceof ObjectNode given ? given : Json.object();
    mutations.admitSubresource(call, eviction);
    var deletion = DeleteOptions.of(options, call.request());
    var pod = objects.require(call.definition().resource(), call.key()).tree();
    new DisruptionGuard(objects, clock).spend(pod, deletion.dryRun());
    if (!deletion.dryRun()) {
      mutations.update(call, Part.AS_IT_IS, this::marked);
    }
    mutations.deleteAdmitted(call, call.key(), deletion);
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return call.created(new TreeDocument(status.put("status", "Success").put("code", 201)));
  }

  /** Says in the pod why it goes; whoever runs it may count that differently from a failure. */
  private ObjectNode marked(ObjectNode pod) {
    var next = pod.deepCopy();
    next.withObject("metadata").remove("resourceVersion");
    var conditions = next.withObject("status").withArray("conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).path("type").asText().equals("DisruptionTarget")) {
        conditions.remove(i);
      }
    }
    conditions
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", "EvictionByEvictionAPI")
        .put("message", "Eviction API: evicting")
        .put("lastTransitionTime", Timestamps.seconds(clock.instant()));
    return next;
  }
}
