package io.jkube.apiserver.subresource;

import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.storage.ObjectStore;

/** GET of {@code scale}. */
public record GetScale(ObjectStore objects, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var object = objects.require(call.resource(), call.key()).tree();
    var scale = new TreeDocument(ScaleView.of(call.definition(), object));
    return call.ok(presenter.object(call.as(ScaleView.TABLE), scale));
  }
}
