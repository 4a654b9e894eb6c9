package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import java.io.IOException;

/** How client and server speak about a command, as they agreed in the handshake. */
interface CommandProtocol {
  /** Answers the client once it is ready to talk. */
  CommandClient meet(Link link, CommandOptions options) throws IOException;
}
