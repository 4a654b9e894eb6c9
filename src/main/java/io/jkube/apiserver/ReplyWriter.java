package io.jkube.apiserver;

import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.TreeDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one reply on the wire. */
final class ReplyWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ReplyWriter.class);

  /** Answers from this size on are compressed for who accepts it, as upstream does. */
  private static final int GZIP_FROM_BYTES = 128 * 1024;

  private static final int STREAM_BUFFER_BYTES = 16 * 1024;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final ProtobufCodec protobuf;

  ReplyWriter(HttpServletRequest request, HttpServletResponse response, ProtobufCodec protobuf) {
    this.request = request;
    this.response = response;
    this.protobuf = protobuf;
  }

  void write(Reply reply) throws IOException {
    response.setStatus(reply.code());
    if (!(reply instanceof Reply.Proxied)) {
      response.setHeader("Cache-Control", "no-cache, private");
    }
    switch (reply) {
      case Reply.Switching switching -> UpgradedConnection.prepare(request, response, switching);
      case Reply.Found found -> document(found.document(), found.warnings());
      case Reply.Failed failed -> failure(failed);
      case Reply.Text text -> text(text);
      case Reply.Stream stream -> {
        response.setContentType(stream.contentType());
        bytes(stream.bytes());
      }
      case Reply.Proxied proxied -> {
        proxied.headers().forEach((name, all) -> all.forEach(one -> response.addHeader(name, one)));
        bytes(proxied.bytes());
      }
      case Reply.Watching watching -> watch(watching);
    }
  }

  private void failure(Reply.Failed failed) throws IOException {
    var details = failed.failure().status().path("details");
    if (details.has("retryAfterSeconds")) {
      response.setHeader("Retry-After", details.get("retryAfterSeconds").asText());
    }
    document(new TreeDocument(failed.failure().status()), failed.warnings());
  }

  private void document(Document document, List<String> warnings) throws IOException {
    for (var warning : warnings) {
      response.addHeader("Warning", "299 - \"" + escaped(warning) + "\"");
    }
    var shown = new Formatting(request, protobuf).apply(document);
    response.setContentType(shown.contentType());
    send(shown.document());
  }

  private void send(Document document) throws IOException {
    boolean gzip = document.length() >= GZIP_FROM_BYTES && accepts("gzip");
    if (!gzip) {
      response.setContentLengthLong(document.length());
    }
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    if (!gzip) {
      document.writeTo(response.getOutputStream());
      return;
    }
    response.setHeader("Content-Encoding", "gzip");
    response.addHeader("Vary", "Accept-Encoding");
    try (var compressed = new FastGzip(response.getOutputStream())) {
      document.writeTo(compressed);
    }
  }

  private void text(Reply.Text text) throws IOException {
    response.setContentType(text.contentType());
    if (text.etag() != null) {
      response.setHeader("ETag", text.etag());
      if (text.etag().equals(request.getHeader("If-None-Match"))) {
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return;
      }
    }
    response.setContentLength(text.bytes().length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(text.bytes());
    }
  }

  private void bytes(InputStream bytes) throws IOException {
    onFailure(() -> closeQuietly(bytes));
    try (bytes) {
      if (request.getMethod().equals("HEAD")) {
        return;
      }
      var out = PromptOutput.of(request, response);
      var buffer = new byte[STREAM_BUFFER_BYTES];
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        out.write(buffer, 0, read);
        if (bytes.available() == 0) {
          out.flush();
        }
      }
    }
  }

  private static void closeQuietly(InputStream bytes) {
    try {
      bytes.close();
    } catch (IOException gone) {
      LOG.debug("a stream whose client is gone: {}", gone.getMessage());
    }
  }

  private void watch(Reply.Watching watching) throws IOException {
    onFailure(watching.feed()::close);
    try (var feed = watching.feed()) {
      response.setContentType(watching.framing().contentType());
      var out = PromptOutput.of(request, response);
      for (var events = feed.next(); !events.isEmpty(); events = feed.next()) {
        for (var event : events) {
          out.write(event.frame(watching.framing()));
        }
        out.flush();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs when the client is gone, as far as the connection tells while we have nothing to say. */
  private void onFailure(Runnable action) {
    ServletContextRequest.getServletContextRequest(request)
        .addFailureListener(cause -> action.run());
  }

  private boolean accepts(String encoding) {
    var header = request.getHeader("Accept-Encoding");
    return header != null && header.contains(encoding);
  }

  private static String escaped(String warning) {
    return warning.replace("\\", "\\\\").replace("\"", "\\\"").replace('\n', ' ');
  }

  /** Level 1: on the machine itself, time is dearer than bytes. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, STREAM_BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
