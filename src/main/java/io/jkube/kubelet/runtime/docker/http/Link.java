package io.jkube.kubelet.runtime.docker.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A byte stream to an engine and back. {@link #close} from any thread ends a wait in it. */
interface Link extends Closeable {
  InputStream input();

  OutputStream output();

  /** Tells the engine that nothing more comes; what it sends can still be read. */
  void endOutput() throws IOException;

  /** Whether the engine still holds its end, and has sent nothing nobody asked for. */
  boolean usable();

  /** Opens links to one engine. */
  interface Opener {
    Link open() throws IOException;
  }
}
