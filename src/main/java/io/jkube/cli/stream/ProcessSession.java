package io.jkube.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.stream.WebSocketWire;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Shows a process of a container to the user until it ends. */
public final class ProcessSession {
  private static final String PROTOCOL = "v5.channel.k8s.io";
  private static final byte STDIN = 0;
  private static final byte STDOUT = 1;
  private static final byte STDERR = 2;
  private static final byte ERROR = 3;
  private static final byte RESIZE = 4;
  private static final byte CLOSE = (byte) 255;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final CommandContext context;
  private final WebSocketWire wire;
  private final Streams streams;

  private ProcessSession(CommandContext context, WebSocketWire wire, Streams streams) {
    this.context = context;
    this.wire = wire;
    this.streams = streams;
  }

  /**
   * @return the exit code of the process
   */
  public static int run(CommandContext context, ProcessCall process, Streams streams) {
    WebSocketWire wire;
    try {
      wire = context.transport().webSocket(process.call(), PROTOCOL);
    } catch (ApiException refused) {
      throw refused.getMessage().startsWith("unable to upgrade")
          ? new CommandFailure(refused.getMessage())
          : refused;
    }
    try (var link = wire.link();
        var interruption = context.interruption().onInterrupt(() -> close(wire))) {
      return new ProcessSession(context, wire, streams).show(process.stdin(), process.terminal());
    } catch (IOException lost) {
      if (context.interruption().raised()) {
        return ExitCode.INTERRUPTED;
      }
      throw new CommandFailure("lost the connection to the process: " + lost.getMessage());
    }
  }

  private static void close(WebSocketWire wire) {
    try {
      wire.link().close();
    } catch (IOException gone) {
      // it is closed, which is all that was wanted
    }
  }

  private int show(boolean stdin, boolean tty) throws IOException {
    if (tty && context.terminal().columns() > 0) {
      var size =
          Json.object()
              .put("Width", context.terminal().columns())
              .put("Height", context.terminal().rows());
      wire.send(false, new byte[] {RESIZE}, Json.bytes(size));
    }
    if (stdin) {
      Thread.ofVirtual().name("cli-stdin").start(this::sendInput);
    }
    var status = new ByteArrayOutputStream();
    int channel = -1;
    for (var piece = wire.next(); piece != null; piece = wire.next()) {
      var bytes = piece.bytes();
      if (piece.first() && bytes.length > 0) {
        channel = bytes[0];
        bytes = Arrays.copyOfRange(bytes, 1, bytes.length);
      }
      print(channel, bytes, status);
    }
    return context.interruption().raised() ? ExitCode.INTERRUPTED : exitCode(status);
  }

  private void print(int channel, byte[] bytes, ByteArrayOutputStream status) throws IOException {
    switch (channel) {
      case STDOUT -> {
        streams.out().write(bytes);
        streams.out().flush();
      }
      case STDERR -> {
        streams.err().write(bytes);
        streams.err().flush();
      }
      case ERROR -> status.writeBytes(bytes);
      default -> {} // a channel of a later version
    }
  }

  private void sendInput() {
    var buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = streams.in().read(buffer); count >= 0; count = streams.in().read(buffer)) {
        wire.send(false, new byte[] {STDIN}, Arrays.copyOf(buffer, count));
      }
      wire.send(false, new byte[] {CLOSE, STDIN});
    } catch (IOException over) {
      // the process is over, or the user went away
    }
  }

  private int exitCode(ByteArrayOutputStream told) throws IOException {
    if (told.size() == 0) {
      throw new CommandFailure("the process was left before it ended");
    }
    var status = Json.parse(told.toByteArray());
    if (status.path("status").asText().equals("Success")) {
      return ExitCode.OK;
    }
    for (JsonNode cause : status.at("/details/causes")) {
      if (cause.path("reason").asText().equals("ExitCode")) {
        int code = cause.path("message").asInt(ExitCode.FAILED);
        var text = "command terminated with exit code " + code + "\n";
        streams.err().write(text.getBytes(StandardCharsets.UTF_8));
        streams.err().flush();
        return code;
      }
    }
    throw new CommandFailure(status.path("message").asText());
  }
}
