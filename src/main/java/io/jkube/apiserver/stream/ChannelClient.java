package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.api.stream.WebSocketWire.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A client that speaks {@code *.channel.k8s.io} over WebSocket. */
final class ChannelClient implements CommandClient {
  /** Of a message that has to be whole before it can be read: a size, or Base64. */
  private static final int LONGEST_WHOLE_BYTES = 1024 * 1024;

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
    var message = new Message(input);
    for (var piece = wire.next(); piece != null; piece = wire.next()) {
      message.add(piece);
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
    if (protocol.base64()) {
      wire.send(true, new byte[] {(byte) ('0' + channel)}, Base64.getEncoder().encode(bytes));
    } else {
      wire.send(false, new byte[] {(byte) channel}, bytes);
    }
  }

  /** The message that is coming in. Input of the process is handed on piece by piece. */
  private final class Message {
    private final CommandInput input;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream(64);
    private int channel;
    private boolean channelKnown;

    Message(CommandInput input) {
      this.input = input;
    }

    void add(Piece piece) throws IOException {
      var bytes = piece.bytes();
      if (piece.first()) {
        channelKnown = false;
        whole.reset();
      }
      if (!channelKnown && bytes.length > 0) {
        channel = protocol.base64() ? bytes[0] - '0' : bytes[0] & 0xff;
        channelKnown = true;
        bytes = Arrays.copyOfRange(bytes, 1, bytes.length);
      }
      if (!channelKnown) {
        return;
      }
      if (channel == ChannelProtocol.STDIN && !protocol.base64()) {
        input.stdin(bytes);
        return;
      }
      whole.write(bytes);
      if (whole.size() > LONGEST_WHOLE_BYTES) {
        throw new IOException("a message on channel " + channel + " is too long");
      }
      if (piece.last()) {
        complete(protocol.base64() ? decoded(whole.toByteArray()) : whole.toByteArray());
      }
    }

    private void complete(byte[] bytes) {
      switch (channel) {
        case ChannelProtocol.STDIN -> input.stdin(bytes);
        case ChannelProtocol.RESIZE -> TerminalSize.parse(bytes).ifPresent(input::resize);
        case ChannelProtocol.CLOSE -> {
          if (protocol.closes() && bytes.length == 1 && bytes[0] == ChannelProtocol.STDIN) {
            input.endStdin();
          }
        }
        default -> {} // a channel on which only the server speaks
      }
    }

    private static byte[] decoded(byte[] base64) throws IOException {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException malformed) {
        throw new IOException("a message is not Base64", malformed);
      }
    }
  }
}
