package io.jkube.api.stream;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A byte stream each way. One thread reads; writers take turns among themselves. {@link #close}
 * from any thread ends both directions, and every wait in them.
 */
public interface Link extends Closeable {
  InputStream input();

  /** Each write is on its way when it returns; flushing does nothing more. */
  OutputStream output();

  /** Tells the other side that nothing more comes; what it sends can still be read. */
  void endOutput() throws IOException;
}
