package io.jkube.apiserver.request;

import io.jkube.api.stream.Link;

/** What goes on over a connection that no longer speaks HTTP. */
@FunctionalInterface
public interface Conversation {
  /** Talks until one side is done. The caller closes the link. Never throws. */
  void over(Link link);
}
