package io.jkube.cli.portforward;

import io.jkube.api.ApiException;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection on its way to a pod's port and back. */
record ForwardedConnection(Transport transport, String path, PortPair pair) {
  private static final String PROTOCOL = "v5.channel.k8s.io";
  private static final byte DATA = 0;
  private static final byte ERROR = 1;
  private static final byte CLOSE = (byte) 255;
  private static final int BUFFER_BYTES = 32 * 1024;

  /**
   * Why a connection came to nothing.
   *
   * @param podIsGone whether no other will fare better
   */
  record Failure(String message, boolean podIsGone) {}

  /** Carries until both sides have ended; closes the socket. */
  Optional<Failure> carry(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var query = Map.of("ports", List.of(Integer.toString(pair.remote())));
      var wire = transport.webSocket(ApiCall.of("GET", path, query, null), PROTOCOL);
      try (var link = wire.link()) {
        Thread.ofVirtual().name("forwarded input").start(() -> send(socket, wire));
        return receive(socket, wire);
      }
    } catch (ApiException refused) {
      return Optional.of(new Failure("error: " + refused.getMessage(), true));
    } catch (IOException over) {
      return Optional.empty();
    }
  }

  private static void send(Socket socket, WebSocketWire wire) {
    var buffer = new byte[BUFFER_BYTES];
    try {
      var in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        wire.send(false, new byte[] {DATA}, Arrays.copyOf(buffer, count));
      }
      wire.send(false, new byte[] {CLOSE, DATA});
    } catch (IOException over) {
      // the other direction says why
    }
  }

  private Optional<Failure> receive(Socket socket, WebSocketWire wire) throws IOException {
    var out = socket.getOutputStream();
    var failure = new ByteArrayOutputStream();
    int[] headerLeft = {Short.BYTES, Short.BYTES};
    int channel = -1;
    for (var piece = wire.next(); piece != null; piece = wire.next()) {
      int from = 0;
      if (piece.first() && piece.bytes().length > 0) {
        channel = piece.bytes()[0];
        from = 1;
      }
      if (channel != DATA && channel != ERROR) {
        continue;
      }
      int header = Math.min(headerLeft[channel], piece.bytes().length - from);
      headerLeft[channel] -= header;
      from += header;
      if (channel == DATA) {
        out.write(piece.bytes(), from, piece.bytes().length - from);
      } else if (from < piece.bytes().length) {
        failure.write(piece.bytes(), from, piece.bytes().length - from);
        break;
      }
    }
    return failure.size() == 0
        ? Optional.empty()
        : Optional.of(
            new Failure(
                "error: an error occurred forwarding %d -> %d: %s"
                    .formatted(
                        pair.local(), pair.remote(), failure.toString(StandardCharsets.UTF_8)),
                false));
  }
}
