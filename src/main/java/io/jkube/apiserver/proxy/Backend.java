package io.jkube.apiserver.proxy;

import io.jkube.api.stream.Link;
import java.io.IOException;

/** What a proxy speaks to. */
@FunctionalInterface
public interface Backend {
  /**
   * @return the caller closes it
   * @throws IOException when it does not answer, in words for the user
   */
  Link connect() throws IOException;
}
