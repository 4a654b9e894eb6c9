package io.jkube.apiserver.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A running watch on its way out. One thread reads; {@link #close} from any thread ends a waiting
 * {@link #next}.
 */
public interface WatchFeed extends AutoCloseable {
  /**
   * Waits for events.
   *
   * @return all that are there, at least one; an empty list when the watch has ended
   */
  List<Event> next() throws InterruptedException;

  @Override
  void close();

  /** One event, shared by all who watch. */
  interface Event {
    /** ADDED, MODIFIED, DELETED, BOOKMARK, ERROR. */
    String type();

    /** The object, or the Status of an ERROR: read it, never change it. */
    ObjectNode object();

    /** {@code {"type":...,"object":...}} and a newline, as UTF-8 JSON; never written to. */
    byte[] line();

    /** As the framing has it: made once for all who watch in the same. Never written to. */
    byte[] frame(Framing framing);
  }

  /** How events stand in a stream. */
  interface Framing {
    /** {@code {"type":...,"object":...}}, a line each. */
    Framing LINES =
        new Framing() {
          @Override
          public String contentType() {
            return "application/json";
          }

          @Override
          public byte[] encode(Event event) {
            return event.line();
          }
        };

    /** Of the answer that streams them. */
    String contentType();

    byte[] encode(Event event);
  }
}
