package io.jkube.apiserver.subresource;

import io.jkube.api.ApiException;
import io.jkube.api.Resources;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.registry.ResourceCatalog;

/** POST to {@code bindings}: a {@code pods/binding} whose body says which pod. */
public record CreateBinding(Binding binding, ResourceCatalog catalog) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var pod = BodyReader.object(call.request()).at("/metadata/name").asText();
    if (pod.isEmpty()) {
      throw ApiException.badRequest("name must be provided");
    }
    var pods = catalog.find(Resources.PODS).orElseThrow();
    var info =
        new RequestInfo(
            true, call.info().path(), "create", Resources.PODS, call.namespace(), pod, "binding");
    return binding.handle(call.about(info, pods));
  }
}
