package io.jkube.apiserver.stream;

import io.jkube.api.ApiException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client tells a process. A process that takes no more input lets the rest pass by. */
final class CommandInput {
  private static final Logger LOG = LoggerFactory.getLogger(CommandInput.class);

  private final RemoteProcess process;
  private volatile boolean ended;

  CommandInput(RemoteProcess process) {
    this.process = process;
  }

  /** Waits until the process took the bytes before these. */
  void stdin(byte[] bytes) {
    if (ended || bytes.length == 0) {
      return;
    }
    try {
      process.stdin().write(bytes);
    } catch (IOException over) {
      ended = true;
    }
  }

  void endStdin() {
    ended = true;
    try {
      process.stdin().close();
    } catch (IOException over) {
      LOG.debug("ending the input of a process that is over: {}", over.getMessage());
    }
  }

  void resize(TerminalSize size) {
    try {
      process.resize(size.columns(), size.rows());
    } catch (ApiException over) {
      LOG.debug("resizing the terminal of a process that is over: {}", over.getMessage());
    }
  }
}
