package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import java.io.IOException;

/** Opens connections to one pod. Thread-safe. */
@FunctionalInterface
public interface PodDial {
  /**
   * Connects to a port.
   *
   * @return the caller closes it
   * @throws IOException when nobody listens there, in words for the user
   */
  Link to(int port) throws IOException;
}
