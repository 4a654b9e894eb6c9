package io.jkube.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One POST over HTTP/2 without TLS and without an upgrade before it, as gRPC servers expect it (RFC
 * 9113): one stream, a request that fits into one frame, an answer that fits into the first window.
 * {@code java.net.http} cannot begin so, and a gRPC library would weigh more than the kubelet.
 */
final class Http2Call {
  /** What came back: header and trailer fields of names that are not in HTTP/2's static table. */
  record Answer(Map<String, String> headers, byte[] body) {}

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int ACK = 0x1;
  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;
  private static final int STREAM = 1;
  private static final int LONGEST_FRAME_BYTES = 16384;
  private static final int LONGEST_BODY_BYTES = 65535;

  /** The server's compressor must not refer to headers of before: we keep none. */
  private static final byte[] NO_HEADER_TABLE = {0, 1, 0, 0, 0, 0};

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final long deadline;
  private final Map<String, String> headers = new HashMap<>();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean lastBlock;

  private Http2Call(Socket socket, long deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.deadline = deadline;
  }

  /**
   * @param deadline by {@link System#nanoTime()}
   * @throws SocketTimeoutException when it passed
   */
  static Answer post(Socket socket, String authority, String path, byte[] body, long deadline)
      throws IOException {
    var call = new Http2Call(socket, deadline);
    call.send(authority, path, body);
    return call.receive();
  }

  private void send(String authority, String path, byte[] request) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(frame(SETTINGS, 0, 0, NO_HEADER_TABLE));
    var fields = new ByteArrayOutputStream();
    field(fields, ":method", "POST");
    field(fields, ":scheme", "http");
    field(fields, ":path", path);
    field(fields, ":authority", authority);
    field(fields, "content-type", "application/grpc");
    field(fields, "user-agent", "kube-probe/1.35");
    field(fields, "te", "trailers");
    bytes.writeBytes(frame(HEADERS, END_HEADERS, STREAM, fields.toByteArray()));
    bytes.writeBytes(frame(DATA, END_STREAM, STREAM, request));
    out.write(bytes.toByteArray());
  }

  /** In plain letters, never indexed; everything we say is shorter than 127 bytes, or cut. */
  private static void field(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(bytes.length, 126);
    block.write(length);
    block.write(bytes, 0, length);
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private Answer receive() throws IOException {
    while (!next()) {}
    return new Answer(headers, body.toByteArray());
  }

  /** Reads a frame; true when the answer is whole. */
  private boolean next() throws IOException {
    var head = ByteBuffer.wrap(read(9));
    int length = (head.get() & 0xff) << 16 | head.getShort() & 0xffff;
    int type = head.get();
    int flags = head.get();
    head.getInt();
    if (length > LONGEST_FRAME_BYTES) {
      throw new IOException("no HTTP/2: a frame of " + length + " bytes");
    }
    var payload = read(length);
    return switch (type) {
      case DATA -> data(content(payload, flags, 0), flags);
      case HEADERS -> {
        lastBlock = (flags & END_STREAM) != 0;
        yield headers(content(payload, flags, (flags & PRIORITY) != 0 ? 5 : 0), flags);
      }
      case CONTINUATION -> headers(payload, flags);
      case SETTINGS, PING -> acknowledge(type, flags, payload);
      case RST_STREAM -> throw new IOException("the server reset the stream");
      case GOAWAY -> throw new IOException("the server closed the connection");
      default -> false;
    };
  }

  private boolean data(byte[] content, int flags) throws IOException {
    body.writeBytes(content);
    if (body.size() > LONGEST_BODY_BYTES) {
      throw new IOException("the answer is too long");
    }
    return (flags & END_STREAM) != 0;
  }

  private boolean headers(byte[] fragment, int flags) throws IOException {
    block.writeBytes(fragment);
    if ((flags & END_HEADERS) == 0) {
      return false;
    }
    headers.putAll(HeaderBlock.read(block.toByteArray()));
    block.reset();
    return lastBlock;
  }

  private boolean acknowledge(int type, int flags, byte[] payload) throws IOException {
    if ((flags & ACK) == 0) {
      out.write(frame(type, ACK, 0, type == PING ? payload : new byte[0]));
    }
    return false;
  }

  private static byte[] content(byte[] payload, int flags, int priority) throws IOException {
    boolean padded = (flags & PADDED) != 0;
    int begin = (padded ? 1 : 0) + priority;
    int end = payload.length - (padded && payload.length > 0 ? payload[0] & 0xff : 0);
    if (begin > end) {
      throw new IOException("no HTTP/2: a frame shorter than its padding");
    }
    return Arrays.copyOfRange(payload, begin, end);
  }

  private byte[] read(int length) throws IOException {
    var bytes = new byte[length];
    for (int at = 0; at < length; ) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("deadline exceeded");
      }
      socket.setSoTimeout(Math.toIntExact(left));
      int got = in.read(bytes, at, length - at);
      if (got < 0) {
        throw new IOException("the server closed the connection");
      }
      at += got;
    }
    return bytes;
  }
}
