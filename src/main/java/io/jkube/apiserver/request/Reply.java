package io.jkube.apiserver.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the filter chain answers. */
public sealed interface Reply {
  /** The HTTP status. */
  int code();

  /** A document, such as an object, a list, a table or a successful Status. */
  record Found(int code, Document document, List<String> warnings) implements Reply {
    public Found {
      Objects.requireNonNull(document, "document");
      warnings = List.copyOf(warnings);
    }
  }

  /** The request failed; goes over the wire as the exception's Status. */
  record Failed(ApiException failure, List<String> warnings) implements Reply {
    public Failed {
      Objects.requireNonNull(failure, "failure");
      warnings = List.copyOf(warnings);
    }

    public Failed(ApiException failure) {
      this(failure, List.of());
    }

    @Override
    public int code() {
      return failure.code();
    }
  }

  /** Bytes of a format of their own: health, metrics, OpenAPI. {@code etag} may be null. */
  record Text(int code, String contentType, byte[] bytes, String etag) implements Reply {}

  /** Bytes as they come; whoever gets the reply closes the stream. */
  record Stream(int code, String contentType, InputStream bytes) implements Reply {}

  /**
   * A backend's answer with its own headers; whoever gets the reply closes the bytes. They are free
   * of their framing.
   */
  record Proxied(int code, Map<String, List<String>> headers, InputStream bytes) implements Reply {
    public Proxied {
      headers = Map.copyOf(headers);
    }
  }

  /** Events as they come; whoever gets the reply closes the feed. */
  record Watching(WatchFeed feed, WatchFeed.Framing framing) implements Reply {
    @Override
    public int code() {
      return 200;
    }
  }

  /**
   * The connection goes on in another protocol.
   *
   * @param headers of the answer, such as {@code Upgrade}
   */
  record Switching(Map<String, String> headers, Conversation conversation) implements Reply {
    public Switching {
      headers = Map.copyOf(headers);
    }

    @Override
    public int code() {
      return 101;
    }
  }

  static Reply ok(Document document) {
    return new Found(200, document, List.of());
  }

  static Reply ok(ObjectNode tree) {
    return ok(new TreeDocument(tree));
  }

  static Reply created(Document document) {
    return new Found(201, document, List.of());
  }

  static Reply text(String text) {
    return new Text(
        200,
        "text/plain; charset=utf-8",
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        null);
  }
}
