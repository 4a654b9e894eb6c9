package io.jkube.kubelet.runtime.docker.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** A link over a Unix-domain or TCP socket. */
final class ChannelLink implements Link {
  private final SocketChannel channel;
  private final InputStream input;
  private final OutputStream output;

  private ChannelLink(SocketChannel channel) {
    this.channel = channel;
    this.input = Channels.newInputStream(channel);
    this.output = Channels.newOutputStream(channel);
  }

  static ChannelLink open(SocketAddress address) throws IOException {
    return new ChannelLink(SocketChannel.open(address));
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean usable() {
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return read == 0;
    } catch (IOException lost) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
