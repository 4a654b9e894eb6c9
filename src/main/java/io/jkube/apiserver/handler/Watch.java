package io.jkube.apiserver.handler;

import io.jkube.apiserver.negotiate.ListQuery;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;

/** GET of a collection's changes, as they come. */
public record Watch(ObjectStore objects, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var feed = objects.watch(ListQuery.selection(call), ListQuery.watch(call.request()));
    return new Reply.Watching(presenter.feed(call, feed), presenter.framing(call));
  }
}
