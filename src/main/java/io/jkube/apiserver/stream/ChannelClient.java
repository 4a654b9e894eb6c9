package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.stream.WebSocketWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A client that speaks {@code *.channel.k8s.io} over WebSocket. */
final class ChannelClient implements CommandClient {
  /** Of what is no input: a size, a close. */
  private static final int LONGEST_WORD_BYTES = 1024;

  private final WebSocketWire wire;
  private final ChannelProtocol protocol;

  ChannelClient(WebSocketWire wire, ChannelProtocol protocol) {
    this.wire = wire;
    this.protocol = protocol;
  }

  /** Upstream's sign of life: an empty message on the first channel that the server writes. */
  void greet(CommandOptions options) throws IOException {
    int channel =
        options.stdout()
            ? ChannelProtocol.STDOUT
            : options.stderr() ? ChannelProtocol.STDERR : ChannelProtocol.ERROR;
    send(channel, new byte[0]);
  }

  @Override
  public void receive(CommandInput input) throws IOException {
    var messages = new ChannelMessages(protocol);
    var told = new ByteArrayOutputStream();
    for (var piece = wire.next(); piece != null; piece = wire.next()) {
      var part = messages.add(piece);
      if (part == null) {
        continue;
      }
      if (part.channel() == ChannelProtocol.STDIN) {
        input.stdin(part.bytes());
        continue;
      }
      if (part.first()) {
        told.reset();
      }
      told.write(part.bytes());
      if (told.size() > LONGEST_WORD_BYTES) {
        throw new IOException("a message on channel " + part.channel() + " is too long");
      }
      if (part.last()) {
        hear(part.channel(), told.toByteArray(), input);
      }
    }
  }

  private void hear(int channel, byte[] bytes, CommandInput input) {
    switch (channel) {
      case ChannelProtocol.RESIZE -> TerminalSize.parse(bytes).ifPresent(input::resize);
      case ChannelProtocol.CLOSE -> {
        if (protocol.closes() && bytes.length == 1 && bytes[0] == ChannelProtocol.STDIN) {
          input.endStdin();
        }
      }
      default -> {} // a channel on which only the server speaks
    }
  }

  @Override
  public void stdout(byte[] bytes) throws IOException {
    send(ChannelProtocol.STDOUT, bytes);
  }

  @Override
  public void stderr(byte[] bytes) throws IOException {
    send(ChannelProtocol.STDERR, bytes);
  }

  @Override
  public void end(ObjectNode status) throws IOException {
    if (protocol.structured()) {
      send(ChannelProtocol.ERROR, Json.bytes(status));
    } else if (!status.path("status").asText().equals("Success")) {
      var text = status.path("message").asText();
      send(ChannelProtocol.ERROR, text.getBytes(StandardCharsets.UTF_8));
    }
    wire.close(WebSocketWire.NORMAL_CLOSURE, "");
  }

  private void send(int channel, byte[] bytes) throws IOException {
    protocol.send(wire, channel, bytes);
  }
}
