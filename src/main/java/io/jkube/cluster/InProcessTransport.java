package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.api.stream.MemoryLink;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.RawRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.client.ApiCall;
import io.jkube.client.Failure;
import io.jkube.client.StreamedWatch;
import io.jkube.client.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Calls of a component of this process, straight into the server's filter chain under the
 * component's own identity: the same authorisation and the same errors as over the wire, without
 * encoding.
 */
public final class InProcessTransport implements Transport {
  private static final int FIRST_FAILURE = 400;

  private final FilterChain chain;
  private final UserInfo user;
  private final String component;

  /**
   * @param component how the caller names itself, as a User-Agent would
   */
  public InProcessTransport(FilterChain chain, UserInfo user, String component) {
    this.chain = chain;
    this.user = user;
    this.component = component;
  }

  @Override
  public ObjectNode send(ApiCall call) {
    return switch (ask(call, call.query())) {
      case Reply.Found found -> found.document().tree();
      case Reply.Text text -> Json.parse(good(text));
      case Reply.Proxied proxied -> Json.parse(whole(good(proxied)));
      case Reply.Failed failed -> throw failed.failure();
      case Reply.Stream stream -> throw unexpected(call, stream);
      case Reply.Switching other -> throw unexpected(call, other);
      case Reply.Watching watching -> {
        watching.feed().close();
        throw unexpected(call, watching);
      }
    };
  }

  @Override
  public WatchStream watch(ApiCall call) {
    var query = new HashMap<>(call.query());
    query.put("watch", List.of("true"));
    return switch (ask(call, query)) {
      case Reply.Watching watching -> new Stream(watching.feed());
      case Reply.Failed failed -> throw failed.failure();
      case Reply.Proxied proxied -> new StreamedWatch(good(proxied));
      case Reply.Found other -> throw unexpected(call, other);
      case Reply.Text other -> throw Failure.of(other.code(), other.bytes());
      case Reply.Stream other -> throw unexpected(call, other);
      case Reply.Switching other -> throw unexpected(call, other);
    };
  }

  @Override
  public InputStream stream(ApiCall call) {
    return switch (ask(call, call.query())) {
      case Reply.Stream stream -> stream.bytes();
      case Reply.Text text -> new ByteArrayInputStream(good(text));
      case Reply.Found found -> new ByteArrayInputStream(Json.bytes(found.document().tree()));
      case Reply.Proxied proxied -> good(proxied);
      case Reply.Failed failed -> throw failed.failure();
      case Reply.Switching other -> throw unexpected(call, other);
      case Reply.Watching watching -> {
        watching.feed().close();
        throw unexpected(call, watching);
      }
    };
  }

  /** What goes over the link is what would go over a socket, frame by frame. */
  @Override
  public WebSocketWire webSocket(ApiCall call, String protocol) {
    return switch (ask(call, call.query(), opening(protocol))) {
      case Reply.Switching switching -> begun(switching);
      case Reply.Failed failed -> throw failed.failure();
      case Reply.Text refused -> {
        var text = new String(refused.bytes(), StandardCharsets.UTF_8);
        throw new ApiException(
            StatusReason.INTERNAL_ERROR, "unable to upgrade connection: " + text);
      }
      case Reply.Found other -> throw unexpected(call, other);
      case Reply.Stream other -> throw unexpected(call, other);
      case Reply.Proxied other -> throw unexpected(call, other);
      case Reply.Watching watching -> {
        watching.feed().close();
        throw unexpected(call, watching);
      }
    };
  }

  private static byte[] good(Reply.Text text) {
    if (text.code() >= FIRST_FAILURE) {
      throw Failure.of(text.code(), text.bytes());
    }
    return text.bytes();
  }

  /** What another server answered; over this link, too, only what is good is an answer. */
  private static InputStream good(Reply.Proxied proxied) {
    if (proxied.code() >= FIRST_FAILURE) {
      throw Failure.of(proxied.code(), whole(proxied.bytes()));
    }
    return proxied.bytes();
  }

  private static byte[] whole(InputStream bytes) {
    try (bytes) {
      return bytes.readAllBytes();
    } catch (IOException broken) {
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, broken.getMessage());
    }
  }

  private static RawRequest opening(String protocol) {
    var headers = new HashMap<String, List<String>>();
    headers.put("Connection", List.of("Upgrade"));
    headers.put("Upgrade", List.of("websocket"));
    headers.put("Sec-WebSocket-Version", List.of("13"));
    headers.put("Sec-WebSocket-Key", List.of(Base64.getEncoder().encodeToString(new byte[16])));
    headers.put("Sec-WebSocket-Protocol", List.of(protocol));
    return new RawRequest(headers, "", "", InputStream.nullInputStream());
  }

  private static WebSocketWire begun(Reply.Switching switching) {
    var ends = MemoryLink.pair();
    Thread.ofVirtual()
        .name("stream")
        .start(
            () -> {
              try (var far = ends.far()) {
                switching.conversation().over(far);
              } catch (IOException impossible) {
                throw new UncheckedIOException("closing a link in memory", impossible);
              }
            });
    return new WebSocketWire(ends.near(), WebSocketWire.Side.CLIENT);
  }

  private Reply ask(ApiCall call, Map<String, List<String>> query) {
    return ask(call, query, RawRequest.NONE);
  }

  private Reply ask(ApiCall call, Map<String, List<String>> query, RawRequest raw) {
    return chain.handle(
        new ApiRequest(
            call.method(),
            URLDecoder.decode(call.path().replace("+", "%2B"), StandardCharsets.UTF_8),
            query,
            call.accept(),
            call.contentType() == null ? "" : call.contentType(),
            component,
            new Caller.InProcess(user),
            call.body() == null ? Body.NONE : new Body.Tree(call.body()),
            raw));
  }

  private static ApiException unexpected(ApiCall call, Reply reply) {
    return ApiException.internal(
        call.method() + " " + call.path() + " was answered by " + reply.getClass().getSimpleName());
  }

  /** Hands out one by one what the feed gives in batches. */
  private static final class Stream implements WatchStream {
    private final WatchFeed feed;
    private final Queue<WatchFeed.Event> waiting = new ArrayDeque<>();

    Stream(WatchFeed feed) {
      this.feed = feed;
    }

    @Override
    public WatchEvent next() throws InterruptedException {
      if (waiting.isEmpty()) {
        waiting.addAll(feed.next());
      }
      var event = waiting.poll();
      return event == null ? null : new WatchEvent(event.type(), event.object());
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
