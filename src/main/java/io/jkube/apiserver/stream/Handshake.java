package io.jkube.apiserver.stream;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.RawRequest;
import io.jkube.apiserver.request.Reply;
import java.util.function.Supplier;

/** What client and server agree on before a conversation: the explicit list of upgrades. */
public final class Handshake {
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
      case "" -> throw ApiException.badRequest("Upgrade request required");
      default -> throw ApiException.badRequest("unable to upgrade to " + request.header("Upgrade"));
    };
  }
}
