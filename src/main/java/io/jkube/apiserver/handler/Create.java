package io.jkube.apiserver.handler;

import io.jkube.apiserver.fields.WriteOptions;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;

/** POST to a collection: makes an object, named by the client or by {@code generateName}. */
public record Create(Mutations mutations, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    WriteOptions.check(call.request(), "CreateOptions", false);
    var created = mutations.create(call, BodyReader.object(call));
    return call.created(presenter.object(call, created));
  }
}
