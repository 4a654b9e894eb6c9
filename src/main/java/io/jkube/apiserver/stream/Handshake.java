package io.jkube.apiserver.stream;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.RawRequest;
import io.jkube.apiserver.request.Reply;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What client and server agree on before a conversation: the explicit list of upgrades. */
public final class Handshake {
  private static final String SPDY = "spdy/3.1";
  private static final String VERSIONS = "X-Stream-Protocol-Version";

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
        var protocol = version.orElseThrow(() -> unknown(request.words(VERSIONS)));
        yield new Reply.Switching(
            Map.of("Connection", "Upgrade", "Upgrade", "SPDY/3.1", VERSIONS, protocol.text()),
            new CommandConversation(protocol, options, start));
      }
      case "" -> throw ApiException.badRequest("Upgrade request required");
      default -> throw ApiException.badRequest("unable to upgrade to " + request.header("Upgrade"));
    };
  }

  private static ApiException unknown(List<String> offered) {
    return new ApiException(
        StatusReason.FORBIDDEN,
        "unable to upgrade: unable to negotiate protocol: client supports %s, server accepts %s"
            .formatted(offered, SpdyProtocol.texts()));
  }
}
