package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * The client of a command, in whichever protocol it speaks. One thread receives, another sends;
 * sending waits until the connection took the bytes.
 */
interface CommandClient {
  /** Hands on what the client says; returns when the client is gone or has no more to say. */
  void receive(CommandInput input) throws IOException;

  void stdout(byte[] bytes) throws IOException;

  void stderr(byte[] bytes) throws IOException;

  /**
   * Tells how it ended and says goodbye.
   *
   * @param status a {@code Status}
   */
  void end(ObjectNode status) throws IOException;
}
