package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import io.jkube.api.stream.WebSocketWire;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The protocols of a command over WebSocket, by their names in {@code Sec-WebSocket-Protocol}. Each
 * message begins with its channel's number.
 */
enum ChannelProtocol implements CommandProtocol {
  /** The client can end its input. */
  V5("v5.channel.k8s.io", false, true, true),
  V4("v4.channel.k8s.io", false, true, false),
  V4_BASE64("v4.base64.channel.k8s.io", true, true, false),
  /** Tells failures as text, and exit codes not at all. */
  V1("channel.k8s.io", false, false, false),
  V1_BASE64("base64.channel.k8s.io", true, false, false),
  /** Of a client that names no protocol. */
  UNNAMED("", false, false, false);

  static final int STDIN = 0;
  static final int STDOUT = 1;
  static final int STDERR = 2;
  static final int ERROR = 3;
  static final int RESIZE = 4;

  /** Followed by the number of the channel that the client closes. */
  static final int CLOSE = 255;

  private final String text;
  private final boolean base64;
  private final boolean structured;
  private final boolean closes;

  ChannelProtocol(String text, boolean base64, boolean structured, boolean closes) {
    this.text = text;
    this.base64 = base64;
    this.structured = structured;
    this.closes = closes;
  }

  /** The first of the client's that is known, as the client prefers it. */
  static Optional<ChannelProtocol> choose(List<String> offered) {
    if (offered.isEmpty()) {
      return Optional.of(UNNAMED);
    }
    return offered.stream().flatMap(name -> named(name).stream()).findFirst();
  }

  private static Optional<ChannelProtocol> named(String name) {
    return List.of(values()).stream()
        .filter(protocol -> protocol != UNNAMED && protocol.text.equals(name))
        .findFirst();
  }

  String text() {
    return text;
  }

  /** Messages are text: the channel as a digit, then Base64. */
  boolean base64() {
    return base64;
  }

  /** The end is told as a Status. */
  boolean structured() {
    return structured;
  }

  boolean closes() {
    return closes;
  }

  /** Sends a message on a channel. */
  void send(WebSocketWire wire, int channel, byte[] bytes) throws IOException {
    if (base64) {
      wire.send(true, new byte[] {(byte) ('0' + channel)}, Base64.getEncoder().encode(bytes));
    } else {
      wire.send(false, new byte[] {(byte) channel}, bytes);
    }
  }

  @Override
  public CommandClient meet(Link link, CommandOptions options) throws IOException {
    var wire = new WebSocketWire(link, WebSocketWire.Side.SERVER);
    var client = new ChannelClient(wire, this);
    client.greet(options);
    return client;
  }
}
