package io.jkube.apiserver.stream.spdy;

import java.util.Map;

/** What travels in a session. Only what Kubernetes' clients send is told apart. */
sealed interface Frame {
  /** A piece of a stream; the last one of a stream ends its direction. */
  record Data(int stream, boolean last, byte[] bytes) implements Frame {}

  /** Opens a stream; {@code last} says that nothing comes on it. Header names are lower case. */
  record SynStream(int stream, boolean last, Map<String, String> headers) implements Frame {}

  /** Further headers. Nobody uses them; they have to be read all the same. */
  record Headers(int stream, boolean last) implements Frame {}

  record Reset(int stream) implements Frame {}

  record Ping(int id) implements Frame {}

  /**
   * Settings, windows, and what later versions may bring; a client that goes away ends its streams
   * and its connection by itself.
   */
  record Ignored() implements Frame {}
}
