package io.jkube.api.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A link over a socket; {@code pair} makes both ends of one. */
public record PipeLink(Socket socket) implements Link {
  /** Two ends of one connection: what goes into one comes out of the other. */
  public static PipeLink[] pair() throws IOException {
    try (var listening =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var near = new Socket(listening.getInetAddress(), listening.getLocalPort());
      return new PipeLink[] {new PipeLink(near), new PipeLink(listening.accept())};
    }
  }

  @Override
  public InputStream input() {
    try {
      return socket.getInputStream();
    } catch (IOException closed) {
      throw new java.io.UncheckedIOException(closed);
    }
  }

  @Override
  public OutputStream output() {
    try {
      return socket.getOutputStream();
    } catch (IOException closed) {
      throw new java.io.UncheckedIOException(closed);
    }
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
