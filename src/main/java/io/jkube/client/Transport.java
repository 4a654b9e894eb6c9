package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.api.stream.WebSocketWire;
import java.io.InputStream;

/**
 * Carries calls to the API server under one identity. Thread-safe; calls block (virtual threads).
 *
 * <p>Failures: {@link io.jkube.api.ApiException} with the server's status; ServiceUnavailable when
 * no server answers. Trees it returns may be shared with others: read them, copy before changing.
 */
public interface Transport {
  /** Sends a call and answers the object that came back. */
  ObjectNode send(ApiCall call);

  /** Starts a watch: the call's path and query with {@code watch=true} added. */
  WatchStream watch(ApiCall call);

  /**
   * Sends a call and answers the raw body as it comes (logs). The caller closes it, which ends the
   * request.
   */
  InputStream stream(ApiCall call);

  /**
   * Opens a WebSocket: exec, attach.
   *
   * @param protocol the subprotocol that is spoken on it
   * @return the client's side; the caller closes its link
   */
  default WebSocketWire webSocket(ApiCall call, String protocol) {
    throw new ApiException(
        StatusReason.NOT_IMPLEMENTED, "this connection to the server carries no WebSocket");
  }

  /** A running watch. One thread reads; {@link #close} from any thread ends it. */
  interface WatchStream extends AutoCloseable {
    /**
     * Waits for the next event.
     *
     * @return {type: ADDED|MODIFIED|DELETED|BOOKMARK|ERROR, object: ...}; null when the server
     *     ended the watch or it was closed
     */
    WatchEvent next() throws InterruptedException;

    @Override
    void close();
  }

  /** One event: type as on the wire, and the object (for ERROR a Status). */
  record WatchEvent(String type, ObjectNode object) {}
}
