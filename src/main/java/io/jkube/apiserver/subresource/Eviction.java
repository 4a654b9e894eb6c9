package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.DeleteOptions;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;

/** POST of {@code pods/eviction}: deletes a pod, as a drain does. */
public record Eviction(Mutations mutations) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var eviction = BodyReader.object(call);
    var name = eviction.at("/metadata/name").asText();
    if (!name.isEmpty() && !name.equals(call.info().name())) {
      throw ApiException.badRequest("name in URL does not match name in Eviction object");
    }
    var options = eviction.get("deleteOptions") instanceof ObjectNode given ? given : Json.object();
    mutations.admitSubresource(call, eviction);
    mutations.deleteAdmitted(call, call.key(), DeleteOptions.of(options, call.request()));
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return call.created(new TreeDocument(status.put("status", "Success").put("code", 201)));
  }
}
