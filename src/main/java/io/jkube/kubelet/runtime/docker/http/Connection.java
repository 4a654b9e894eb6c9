package io.jkube.kubelet.runtime.docker.http;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A link that speaks HTTP. One request at a time; {@link #close} from any thread. */
final class Connection implements Closeable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Link link;
  private final InputStream input;
  private final long idleSinceNanos;

  Connection(Link link) {
    this(link, new BufferedInputStream(link.input(), BUFFER_BYTES), 0);
  }

  private Connection(Link link, InputStream input, long idleSinceNanos) {
    this.link = link;
    this.input = input;
    this.idleSinceNanos = idleSinceNanos;
  }

  Connection idleSince(long nanos) {
    return new Connection(link, input, nanos);
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  boolean usable() {
    return link.usable();
  }

  InputStream input() {
    return input;
  }

  /** Sends the head and the body; what a hijacked request sends later comes by {@link #carry}. */
  void send(Request request, String host) throws IOException {
    var body = request.bodyBytes();
    var stream = body == null ? request.body() : null;
    var message = head(request, host, body, stream != null).getBytes(StandardCharsets.UTF_8);
    if (body == null || body.length == 0) {
      link.output().write(message);
    } else {
      link.output().write(joined(message, body));
    }
    if (stream != null) {
      sendChunks(stream);
    }
  }

  /** Copies {@code from} until it ends, then closes our direction and only that. */
  void carry(InputStream from) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      link.output().write(buffer, 0, count);
    }
    link.endOutput();
  }

  @Override
  public void close() throws IOException {
    link.close();
  }

  private static String head(Request request, String host, byte[] body, boolean chunked) {
    var head = new StringBuilder(256);
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    request
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (request.hijackedInput() != null) {
      head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
    }
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (!"GET".equals(request.method())) {
      head.append("Content-Length: ").append(body == null ? 0 : body.length).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private void sendChunks(InputStream body) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    OutputStream output = link.output();
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      if (count > 0) {
        output.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        output.write(buffer, 0, count);
        output.write(CRLF);
      }
    }
    output.write(LAST_CHUNK);
  }

  private static byte[] joined(byte[] head, byte[] body) {
    var message = new byte[head.length + body.length];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(body, 0, message, head.length, body.length);
    return message;
  }

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
}
