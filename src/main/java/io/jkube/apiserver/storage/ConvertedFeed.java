package io.jkube.apiserver.storage;

import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.registry.Conversion;
import java.util.List;

/** A watch whose objects are served in another version than that of the store. */
record ConvertedFeed(WatchFeed feed, Conversion conversion) implements WatchFeed {
  @Override
  public List<Event> next() throws InterruptedException {
    return feed.next().stream().map(this::converted).toList();
  }

  private Event converted(Event event) {
    return switch (event.type()) {
      case "ADDED", "MODIFIED", "DELETED" -> {
        var converted = conversion.toServed(event.object());
        yield converted == event.object()
            ? event
            : new EncodedEvent(event.type(), new TreeDocument(converted));
      }
      default -> event;
    };
  }

  @Override
  public void close() {
    feed.close();
  }
}
