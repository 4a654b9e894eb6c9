package io.jkube.apiserver.stream;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.api.stream.Link;
import io.jkube.api.stream.WebSocketLink;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.apiserver.request.RawRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.WatchFeed;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What client and server agree on before a conversation: the explicit list of upgrades. */
public final class Handshake {
  private static final String SPDY = "spdy/3.1";
  private static final String VERSIONS = "X-Stream-Protocol-Version";

  private static final String PORT_FORWARD = "portforward.k8s.io";

  /** SPDY inside a WebSocket. */
  private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";

  private Handshake() {}

  /**
   * Agrees to carry a command's streams.
   *
   * @throws ApiException BadRequest when the client asks for no upgrade, or for one unknown
   */
  public static Reply command(
      RawRequest request, CommandOptions options, Supplier<RemoteProcess> start) {
    return switch (request.upgrade()) {
      case "websocket" -> {
        var offered = WebSocketHandshake.offered(request);
        var chosen =
            ChannelProtocol.choose(offered)
                .orElseThrow(() -> WebSocketHandshake.unsupported(offered));
        yield new Reply.Switching(
            WebSocketHandshake.accept(request, chosen.text()),
            new CommandConversation(chosen, options, start));
      }
      case SPDY -> {
        var version = SpdyProtocol.choose(request.words(VERSIONS));
        var protocol =
            version.orElseThrow(() -> unknown(request.words(VERSIONS), SpdyProtocol.texts()));
        yield new Reply.Switching(
            Map.of("Connection", "Upgrade", "Upgrade", "SPDY/3.1", VERSIONS, protocol.text()),
            new CommandConversation(protocol, options, start));
      }
      case "" -> throw ApiException.badRequest("Upgrade request required");
      default -> throw ApiException.badRequest("unable to upgrade to " + request.header("Upgrade"));
    };
  }

  /**
   * Agrees to forward connections to a pod.
   *
   * @param ports which ones, for clients that say so in the request
   * @throws ApiException as {@link #command}
   */
  public static Reply portForward(RawRequest request, List<Integer> ports, PodDial pod) {
    return switch (request.upgrade()) {
      case "websocket" -> {
        var offered = WebSocketHandshake.offered(request);
        if (offered.contains(TUNNEL)) {
          yield new Reply.Switching(
              WebSocketHandshake.accept(request, TUNNEL),
              link -> new PortForwardConversation(pod).over(tunnel(link)));
        }
        if (ports.isEmpty()) {
          throw ApiException.badRequest("query parameter \"port\" is required");
        }
        var chosen =
            ChannelProtocol.choose(offered)
                .orElseThrow(() -> WebSocketHandshake.unsupported(offered));
        yield new Reply.Switching(
            WebSocketHandshake.accept(request, chosen.text()),
            new ChannelForwardConversation(chosen, pod, ports));
      }
      case SPDY -> {
        if (!request.words(VERSIONS).contains(PORT_FORWARD)) {
          throw unknown(request.words(VERSIONS), List.of(PORT_FORWARD));
        }
        yield new Reply.Switching(
            Map.of("Connection", "Upgrade", "Upgrade", "SPDY/3.1", VERSIONS, PORT_FORWARD),
            new PortForwardConversation(pod));
      }
      case "" -> throw ApiException.badRequest("Upgrade request required");
      default -> throw ApiException.badRequest("unable to upgrade to " + request.header("Upgrade"));
    };
  }

  private static Link tunnel(Link link) {
    return new WebSocketLink(new WebSocketWire(link, WebSocketWire.Side.SERVER));
  }

  /**
   * Agrees to tell a container's output over WebSocket.
   *
   * @throws ApiException BadRequest when this is no handshake of RFC 6455, or of a subprotocol
   *     unknown
   */
  public static Reply output(RawRequest request, Supplier<InputStream> output) {
    var offered = WebSocketHandshake.offered(request);
    var chosen =
        OutputConversation.Protocol.choose(offered)
            .orElseThrow(() -> WebSocketHandshake.unsupported(offered));
    var headers = WebSocketHandshake.accept(request, chosen.text());
    return new Reply.Switching(headers, new OutputConversation(chosen, output.get()));
  }

  /** Whether the client wants what it asks for as messages of a WebSocket. */
  public static boolean isWebSocket(RawRequest request) {
    return request.upgrade().equals("websocket");
  }

  /**
   * Agrees to tell a watch over WebSocket, under no subprotocol.
   *
   * @throws ApiException BadRequest when this is no handshake of RFC 6455
   */
  public static Reply watch(
      RawRequest request, WatchFeed.Framing framing, Supplier<WatchFeed> watch) {
    var headers = WebSocketHandshake.accept(request, "");
    return new Reply.Switching(headers, new WatchConversation(watch.get(), framing));
  }

  private static ApiException unknown(List<String> offered, List<String> known) {
    return new ApiException(
        StatusReason.FORBIDDEN,
        "unable to upgrade: unable to negotiate protocol: client supports %s, server accepts %s"
            .formatted(offered, known));
  }
}
