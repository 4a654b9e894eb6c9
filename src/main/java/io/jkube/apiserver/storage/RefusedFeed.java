package io.jkube.apiserver.storage;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.request.WatchFeed;
import java.util.List;

/** A watch that says why it tells nothing, and ends. */
final class RefusedFeed implements WatchFeed {
  private List<Event> events;

  RefusedFeed(ApiException why) {
    events = List.of(new EncodedEvent("ERROR", new TreeDocument(why.status())));
  }

  @Override
  public List<Event> next() {
    var now = events;
    events = List.of();
    return now;
  }

  @Override
  public void close() {
    // it holds nothing
  }
}
