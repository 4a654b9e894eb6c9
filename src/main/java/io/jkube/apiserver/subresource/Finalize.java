package io.jkube.apiserver.subresource;

import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.registry.Tree;

/** PUT of {@code namespaces/finalize}: sets what still has to happen before a namespace is gone. */
public record Finalize(Mutations mutations, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var sent = BodyReader.object(call);
    var updated =
        mutations.update(
            call,
            Part.AS_IT_IS,
            current -> {
              var next = current.deepCopy();
              var finalizers = sent.at("/spec/finalizers");
              Tree.child(next, "spec")
                  .set("finalizers", finalizers.isArray() ? finalizers : next.arrayNode());
              Tree.restore(
                  Tree.child(next, "metadata"), Tree.child(sent, "metadata"), "resourceVersion");
              return next;
            });
    return call.ok(presenter.object(call, updated));
  }
}
