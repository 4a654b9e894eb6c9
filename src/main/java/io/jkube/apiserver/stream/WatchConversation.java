package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.apiserver.request.Conversation;
import io.jkube.apiserver.request.WatchFeed;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch over WebSocket: a message an event, until the feed ends or the client is gone. */
record WatchConversation(WatchFeed feed, WatchFeed.Framing framing) implements Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(WatchConversation.class);

  @Override
  public void over(Link link) {
    var wire = new WebSocketWire(link, WebSocketWire.Side.SERVER);
    Thread.ofVirtual().name("watch-input").start(() -> awaitEnd(wire));
    boolean text = framing == WatchFeed.Framing.LINES;
    try (feed) {
      for (var events = feed.next(); !events.isEmpty(); events = feed.next()) {
        for (var event : events) {
          wire.send(text, event.frame(framing));
        }
      }
      wire.close(WebSocketWire.NORMAL_CLOSURE, "");
    } catch (IOException gone) {
      LOG.debug("the client of a watch is gone: {}", gone.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a client says on a watch means nothing; that it ends does. */
  private void awaitEnd(WebSocketWire wire) {
    try (feed) {
      while (wire.next() != null) {
        // its pings are answered meanwhile
      }
    } catch (IOException gone) {
      LOG.debug("the client of a watch is gone: {}", gone.getMessage());
    }
  }
}
