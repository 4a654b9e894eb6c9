package io.jkube.cli.server;

import io.jkube.cli.client.Frame;
import io.jkube.cli.client.Request;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.Interruption;
import io.jkube.cli.command.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: reads its request, runs the command, sends the exit code. */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int OUTPUT_BUFFER_BYTES = 16 * 1024;

  private final SocketChannel channel;
  private final CommandServer.Served served;
  private final FrameWriter frames;
  private final RemoteInput input;
  private final Interruption interruption = new Interruption();
  private volatile Thread runner;

  Connection(SocketChannel channel, CommandServer.Served served) {
    this.channel = channel;
    this.served = served;
    this.frames = new FrameWriter(channel);
    this.input = new RemoteInput(frames);
  }

  void run() {
    runner = Thread.currentThread();
    try (channel) {
      var request = readRequest();
      if (request == null) {
        return;
      }
      Thread.ofVirtual().name("cli-client").start(this::readClient);
      int code = served.commands().run(List.of(request.arguments()), context(request));
      frames.send(Frame.EXIT, new byte[] {(byte) code}, 0, 1);
    } catch (IOException gone) {
      LOG.debug("a client went away: {}", gone.toString());
    }
  }

  private Request readRequest() throws IOException {
    var frame = Frame.receive(channel);
    if (frame == null || frame.get() != Frame.REQUEST) {
      return null;
    }
    try {
      var bytes = new byte[frame.remaining()];
      frame.get(bytes);
      return Request.decode(bytes);
    } catch (IOException other) {
      var text = ("error: " + other.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
      frames.send(Frame.ERR, text, 0, text.length);
      frames.send(Frame.EXIT, new byte[] {ExitCode.FAILED}, 0, 1);
      return null;
    }
  }

  /** Takes the client's stdin; ends when the client does, or when the command has ended. */
  private void readClient() {
    try {
      for (var frame = Frame.receive(channel); frame != null; frame = Frame.receive(channel)) {
        if (frame.get() == Frame.INPUT) {
          input.offer(frame);
        }
      }
    } catch (IOException gone) {
      LOG.trace("reading a client ended: {}", gone.toString());
    }
    interrupt();
  }

  void interrupt() {
    input.end();
    interruption.raise();
    var thread = runner;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private CommandContext context(Request request) {
    var out = new BufferedOutputStream(frames.stream(Frame.OUT), OUTPUT_BUFFER_BYTES);
    int terminals = request.terminals();
    var environment = environment(request);
    return new CommandContext(
        input,
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(afterOut(out), true, StandardCharsets.UTF_8),
        environment,
        Path.of(request.workingFolder()),
        new Terminal(
            number(environment.get("COLUMNS")),
            number(environment.get("LINES")),
            (terminals & 1) != 0,
            (terminals & 2) != 0,
            (terminals & 4) != 0),
        served.cluster(),
        served.apiUrl(),
        served::transport,
        served.clock(),
        interruption,
        served.commands(),
        Optional.of(served.snapshots()));
  }

  /** Talk must not overtake data: on a terminal both stand below each other. */
  private OutputStream afterOut(OutputStream out) {
    var err = frames.stream(Frame.ERR);
    return new BufferedOutputStream(
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.flush();
            err.write(bytes, offset, length);
          }
        });
  }

  private static Map<String, String> environment(Request request) {
    var environment = new HashMap<String, String>();
    var pairs = request.environment();
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    environment.put(CommandContext.CLIENT_PID, Long.toString(request.pid()));
    return environment;
  }

  private static int number(String text) {
    return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }
}
