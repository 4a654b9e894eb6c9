package io.jkube.apiserver.storage;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.registry.Conversion;
import java.util.ArrayList;
import java.util.List;

/** A watch whose objects are served in another version than that of the store. */
record ConvertedFeed(WatchFeed feed, Conversion conversion) implements WatchFeed {
  /** What cannot be converted ends the watch, for its client would miss it. */
  @Override
  public List<Event> next() throws InterruptedException {
    var events = new ArrayList<Event>();
    try {
      for (var event : feed.next()) {
        events.add(converted(event));
      }
    } catch (ApiException failure) {
      feed.close();
      events.add(new EncodedEvent("ERROR", new TreeDocument(failure.status())));
    }
    return events;
  }

  private Event converted(Event event) {
    return switch (event.type()) {
      case "ADDED", "MODIFIED", "DELETED" ->
          event instanceof EncodedEvent encoded ? encoded.servedBy(conversion) : event;
      default -> event;
    };
  }

  @Override
  public void close() {
    feed.close();
  }
}
