package io.jkube.apiserver.handler;

import io.jkube.apiserver.negotiate.ListQuery;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.stream.Handshake;
import java.util.function.Supplier;

/** GET of a collection's changes, as they come: over HTTP in pieces, or over WebSocket. */
public record Watch(ObjectStore objects, Presenter presenter) implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var selection = ListQuery.selection(call);
    var options = ListQuery.watch(call.request());
    var framing = presenter.framing(call);
    Supplier<WatchFeed> watch = () -> presenter.feed(call, objects.watch(selection, options));
    var raw = call.request().raw();
    return Handshake.isWebSocket(raw)
        ? Handshake.watch(raw, framing, watch)
        : new Reply.Watching(watch.get(), framing);
  }
}
