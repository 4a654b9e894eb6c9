package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.registry.Tree;

/** POST of a CertificateSigningRequest: who asks is who is asking, whatever the body says. */
public record CreateSigningRequest(Mutations mutations, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var request = BodyReader.object(call);
    setUser(Tree.child(request, "spec"), call.user());
    return call.created(presenter.object(call, mutations.create(call, request)));
  }

  private static void setUser(ObjectNode spec, UserInfo user) {
    spec.remove("uid");
    spec.remove("extra");
    spec.put("username", user.name());
    spec.set("groups", Json.MAPPER.valueToTree(user.groups()));
    if (!user.uid().isEmpty()) {
      spec.put("uid", user.uid());
    }
    if (!user.extra().isEmpty()) {
      spec.set("extra", Json.MAPPER.valueToTree(user.extra()));
    }
  }
}
