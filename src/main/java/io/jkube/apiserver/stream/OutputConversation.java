package io.jkube.apiserver.stream;

import io.jkube.api.stream.Link;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.apiserver.request.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's output over WebSocket: messages as they come, until it ends or the client is gone.
 */
record OutputConversation(Protocol protocol, InputStream output) implements Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(OutputConversation.class);
  private static final int BUFFER_BYTES = 16 * 1024;

  /** How bytes become messages, by its name in {@code Sec-WebSocket-Protocol}. */
  enum Protocol {
    BINARY("binary.k8s.io"),
    /** Messages are text: Base64. */
    BASE64("base64.binary.k8s.io"),
    /** Of a client that names no protocol. */
    UNNAMED("");

    private final String text;

    Protocol(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    static Optional<Protocol> choose(List<String> offered) {
      return offered.isEmpty()
          ? Optional.of(UNNAMED)
          : offered.stream()
              .flatMap(name -> Arrays.stream(values()).filter(each -> each.text.equals(name)))
              .filter(each -> each != UNNAMED)
              .findFirst();
    }

    private void send(WebSocketWire wire, byte[] bytes) throws IOException {
      boolean base64 = this == BASE64;
      wire.send(base64, base64 ? Base64.getEncoder().encode(bytes) : bytes);
    }
  }

  @Override
  public void over(Link link) {
    var wire = new WebSocketWire(link, WebSocketWire.Side.SERVER);
    Thread.ofVirtual().name("log-input").start(() -> awaitEnd(wire));
    try (output) {
      // As upstream: an empty message says that the output is open.
      protocol.send(wire, new byte[0]);
      var buffer = new byte[BUFFER_BYTES];
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        protocol.send(wire, Arrays.copyOf(buffer, count));
      }
      wire.close(WebSocketWire.NORMAL_CLOSURE, "");
    } catch (IOException gone) {
      LOG.debug("a reader of output is gone: {}", gone.getMessage());
    }
  }

  /** What a client says here means nothing; that it ends does. */
  private void awaitEnd(WebSocketWire wire) {
    try (output) {
      while (wire.next() != null) {
        // its pings are answered meanwhile
      }
    } catch (IOException gone) {
      LOG.debug("a reader of output is gone: {}", gone.getMessage());
    }
  }
}
