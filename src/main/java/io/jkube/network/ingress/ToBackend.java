package io.jkube.network.ingress;

import io.jkube.network.proxy.Backend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.thread.Scheduler;

/** Connects to one backend, whatever host the request names: that is for the backend to read. */
final class ToBackend extends Transport.Socket {
  private final Backend backend;

  ToBackend(Backend backend) {
    this.backend = backend;
  }

  /** Waits for an answer of DNS where the backend is a name, and only there. */
  @Override
  public SocketAddress getSocketAddress() {
    return new InetSocketAddress(backend.address(), backend.port());
  }

  @Override
  public SelectableChannel newSelectableChannel() throws IOException {
    return SocketChannel.open();
  }

  @Override
  public EndPoint newEndPoint(
      Scheduler scheduler, ManagedSelector selector, SelectableChannel channel, SelectionKey key) {
    return new SocketChannelEndPoint((SocketChannel) channel, selector, key, scheduler);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ToBackend same && same.backend.equals(backend);
  }

  @Override
  public int hashCode() {
    return backend.hashCode();
  }
}
