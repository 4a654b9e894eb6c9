package io.jkube.apiserver.stream;

import io.jkube.api.ApiException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client tells a process. Without a process, and when it takes no more input, the rest
 * passes by.
 */
final class CommandInput {
  private static final Logger LOG = LoggerFactory.getLogger(CommandInput.class);

  private volatile RemoteProcess process;
  private volatile boolean ended;

  /** From now on. */
  void to(RemoteProcess started) {
    process = started;
  }

  /** Waits until the process took the bytes before these. */
  void stdin(byte[] bytes) {
    if (process == null || ended || bytes.length == 0) {
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
    if (process == null) {
      return;
    }
    try {
      process.stdin().close();
    } catch (IOException over) {
      LOG.debug("ending the input of a process that is over: {}", over.getMessage());
    }
  }

  void resize(TerminalSize size) {
    if (process == null) {
      return;
    }
    try {
      process.resize(size.columns(), size.rows());
    } catch (ApiException over) {
      LOG.debug("resizing the terminal of a process that is over: {}", over.getMessage());
    }
  }

  /** The client is gone: ends the streams of the process. */
  void close() {
    if (process != null) {
      process.close();
    }
  }
}
