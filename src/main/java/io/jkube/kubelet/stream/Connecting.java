package io.jkube.kubelet.stream;

import io.jkube.api.stream.Link;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * A connection to a port of a pod: at its address, and where nobody listens there, inside of its
 * network, as upstream does it.
 */
record Connecting(ContainerRuntime runtime, Sandbox sandbox, int port) {
  private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(5);
  private static final String THIS_MACHINE = "127.0.0.1";

  /** A pod without an address of its own is on this machine's network. */
  static String address(Sandbox sandbox) {
    return sandbox.address() == null ? THIS_MACHINE : sandbox.address();
  }

  /**
   * @throws IOException when nobody listens, in words
   */
  Link connect() throws IOException {
    try {
      return link(outside());
    } catch (ConnectException refused) {
      if (sandbox.address() == null) {
        throw refused;
      }
      return link(inside(refused));
    }
  }

  private Socket outside() throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address(sandbox), port), (int) DIAL_TIMEOUT.toMillis());
      return socket;
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  private Socket inside(ConnectException refused) throws IOException {
    try {
      return runtime.connectInside(sandbox.id(), port);
    } catch (ConnectException nobody) {
      throw refused;
    } catch (IOException closed) {
      throw new ConnectException(
          refused.getMessage()
              + "; whether it listens on the pod's 127.0.0.1 is not known: "
              + closed.getMessage());
    }
  }

  private static Link link(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return new SocketLink(socket, socket.getInputStream(), socket.getOutputStream());
  }
}
