package io.jkube.apiserver.stream;

import java.io.OutputStream;

/**
 * A process of a container and its streams. One thread reads, one writes; {@link #close} from any
 * thread ends both, not the process. Failures: {@link io.jkube.api.ApiException}.
 */
public interface RemoteProcess extends AutoCloseable {
  /** Closing it tells the process that its input ended, and no more: output still comes. */
  OutputStream stdin();

  /** Waits for what the process writes next; null when it has closed its output. */
  Output next();

  /** Changes the size of its terminal. */
  void resize(int columns, int rows);

  /** Waits for the end of the process and answers its exit code. */
  int awaitExit();

  @Override
  void close();

  /** What a process wrote. */
  record Output(boolean stderr, byte[] bytes) {}
}
