package io.jkube.kubelet.stream;

import io.jkube.api.stream.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A TCP connection. */
record SocketLink(Socket socket, InputStream input, OutputStream output) implements Link {
  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
