package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.apiserver.request.Conversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards one connection to each of the ports that the request names, over the channels of a
 * WebSocket: port i has channel 2i for its data and 2i+1 for errors. Each begins with the port in
 * two bytes, lowest first. Client libraries other than Go's forward so, and {@code jkube
 * port-forward}, which tells the end of its input as {@code v5.channel.k8s.io} has it.
 */
record ChannelForwardConversation(ChannelProtocol protocol, PodDial pod, List<Integer> ports)
    implements Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelForwardConversation.class);

  @Override
  public void over(Link link) {
    var wire = new WebSocketWire(link, WebSocketWire.Side.SERVER);
    var connections = new ArrayList<Link>();
    try {
      for (int i = 0; i < ports.size(); i++) {
        var told = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        told.putShort(ports.get(i).shortValue());
        protocol.send(wire, 2 * i, told.array());
        protocol.send(wire, 2 * i + 1, told.array());
      }
      for (int i = 0; i < ports.size(); i++) {
        connections.add(connect(wire, i));
      }
      receive(wire, connections);
    } catch (IOException gone) {
      LOG.debug("the client of a port-forward is gone: {}", gone.getMessage());
    } finally {
      connections.forEach(ChannelForwardConversation::close);
    }
  }

  /** Null when nobody listens, which the client was told. */
  private Link connect(WebSocketWire wire, int index) throws IOException {
    Link connection;
    try {
      connection = pod.to(ports.get(index));
    } catch (IOException refused) {
      var text = refused.getMessage().getBytes(StandardCharsets.UTF_8);
      protocol.send(wire, 2 * index + 1, text);
      return null;
    }
    Thread.ofVirtual().name("port-forward").start(() -> carryDown(wire, connection, 2 * index));
    return connection;
  }

  /** There is no way to tell the end of one channel: when all are over, the connection ends. */
  private void carryDown(WebSocketWire wire, Link connection, int channel) {
    var buffer = new byte[32 * 1024];
    try {
      var in = connection.input();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        protocol.send(wire, channel, Arrays.copyOf(buffer, count));
      }
    } catch (IOException over) {
      LOG.debug("a forwarded connection is over: {}", over.getMessage());
    }
    if (ports.size() == 1) {
      try {
        wire.close(WebSocketWire.NORMAL_CLOSURE, "");
      } catch (IOException gone) {
        LOG.debug("the client of a port-forward is gone: {}", gone.getMessage());
      }
    }
  }

  private void receive(WebSocketWire wire, List<Link> connections) throws IOException {
    var messages = new ChannelMessages(protocol);
    for (var piece = wire.next(); piece != null; piece = wire.next()) {
      var part = messages.add(piece);
      if (part != null && protocol.closes() && part.channel() == ChannelProtocol.CLOSE) {
        endInput(connections, part.bytes());
        continue;
      }
      int index = part == null ? -1 : part.channel() / 2;
      if (index >= 0 && part.channel() % 2 == 0 && index < connections.size()) {
        write(connections.get(index), part.bytes());
      }
    }
  }

  /** The client has nothing more to say on a channel: whoever listens at the port learns it. */
  private static void endInput(List<Link> connections, byte[] channel) {
    int index = channel.length == 0 ? -1 : (channel[0] & 0xff) / 2;
    if (index < 0 || index >= connections.size() || connections.get(index) == null) {
      return;
    }
    try {
      connections.get(index).endOutput();
    } catch (IOException over) {
      LOG.debug("a forwarded connection is over: {}", over.getMessage());
    }
  }

  private static void write(Link connection, byte[] bytes) {
    if (connection == null || bytes.length == 0) {
      return;
    }
    try {
      connection.output().write(bytes);
    } catch (IOException over) {
      LOG.debug("a forwarded connection is over: {}", over.getMessage());
    }
  }

  private static void close(Link connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException over) {
      LOG.debug("a forwarded connection is over: {}", over.getMessage());
    }
  }
}
