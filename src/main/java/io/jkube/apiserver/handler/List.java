package io.jkube.apiserver.handler;

import io.jkube.apiserver.negotiate.ListQuery;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;

/** GET of a collection: all of it, or a page. */
public record List(ObjectStore objects, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var listing = objects.list(ListQuery.selection(call), ListQuery.list(call.request()));
    return call.ok(presenter.list(call, listing));
  }
}
