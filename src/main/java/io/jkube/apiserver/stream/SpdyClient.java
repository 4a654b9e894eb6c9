package io.jkube.apiserver.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.stream.spdy.SpdySession;
import io.jkube.apiserver.stream.spdy.SpdyStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A client that speaks SPDY.
 *
 * @param streams by their type, those that are wanted
 * @param reader lives as long as the client does
 */
record SpdyClient(
    SpdyProtocol protocol, SpdySession session, Map<String, SpdyStream> streams, Thread reader)
    implements CommandClient {
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int LONGEST_SIZE_BYTES = 1024;

  @Override
  public void receive(CommandInput input) throws IOException {
    if (streams.containsKey("stdin")) {
      Thread.ofVirtual().name("stream-stdin").start(() -> carryInput(input));
    }
    if (streams.containsKey("resize")) {
      Thread.ofVirtual().name("stream-resize").start(() -> carrySizes(input));
    }
    try {
      reader.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the client talked");
    }
  }

  private void carryInput(CommandInput input) {
    var buffer = new byte[BUFFER_BYTES];
    try (var in = streams.get("stdin").input()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        input.stdin(Arrays.copyOf(buffer, count));
      }
    } catch (IOException gone) {
      // the session tells
    }
    input.endStdin();
  }

  /** Sizes come as JSON objects one after the other; none holds another. */
  private void carrySizes(CommandInput input) {
    var object = new ByteArrayOutputStream();
    try (var in = streams.get("resize").input()) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        object.write(next);
        if (next == '}') {
          TerminalSize.parse(object.toByteArray()).ifPresent(input::resize);
          object.reset();
        } else if (object.size() > LONGEST_SIZE_BYTES) {
          return;
        }
      }
    } catch (IOException gone) {
      // the session tells
    }
  }

  @Override
  public void stdout(byte[] bytes) throws IOException {
    write("stdout", bytes);
  }

  @Override
  public void stderr(byte[] bytes) throws IOException {
    write("stderr", bytes);
  }

  private void write(String type, byte[] bytes) throws IOException {
    var stream = streams.get(type);
    if (stream != null) {
      stream.output().write(bytes);
    }
  }

  @Override
  public void end(ObjectNode status) throws IOException {
    boolean failed = !status.path("status").asText().equals("Success");
    if (protocol.structured()) {
      write("error", Json.bytes(status));
    } else if (failed) {
      write("error", status.path("message").asText().getBytes(StandardCharsets.UTF_8));
    }
    for (var stream : streams.values()) {
      stream.output().close();
    }
    session.goAway();
  }
}
