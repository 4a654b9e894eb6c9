package io.jkube.cli.logs;

import io.jkube.api.ApiException;
import io.jkube.api.Resources;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.FailureText;
import io.jkube.cli.resource.PathSegment;
import io.jkube.client.ApiCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Copies the output of containers to stdout: one after the other, or all at once to follow them.
 */
final class LogCopy {
  private static final int PIECE_BYTES = 16 * 1024;

  private final Logs flags;
  private final CommandContext context;
  private final ReentrantLock out = new ReentrantLock();

  LogCopy(Logs flags, CommandContext context) {
    this.flags = flags;
    this.context = context;
  }

  void copy(List<LogSource> sources) throws InterruptedException {
    if (!flags.follow || sources.size() == 1) {
      for (var source : sources) {
        copyOrSay(source);
      }
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var copies =
          sources.stream().<Future<?>>map(each -> threads.submit(() -> copyOrSay(each))).toList();
      for (var copy : copies) {
        await(copy);
      }
    }
  }

  private static void await(Future<?> copy) throws InterruptedException {
    try {
      copy.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CommandFailure("following a log: " + failed.getCause());
    }
  }

  private void copyOrSay(LogSource source) {
    try {
      copy(source);
    } catch (ApiException refused) {
      if (!flags.ignoreErrors) {
        throw refused;
      }
      context.err().print(FailureText.of(refused));
    }
  }

  private void copy(LogSource source) {
    var path =
        Resources.PODS.path(source.namespace()) + "/" + PathSegment.escape(source.pod()) + "/log";
    var call = new ApiCall("GET", path, flags.query(source.container()), "*/*", null, null);
    try (var log = context.transport().stream(call);
        var stop = context.interruption().onInterrupt(() -> close(log))) {
      if (flags.prefix) {
        lines(log, source.prefix().getBytes(StandardCharsets.UTF_8));
      } else {
        pieces(log);
      }
    } catch (IOException broken) {
      if (!context.interruption().raised()) {
        throw new CommandFailure("reading the log: " + broken.getMessage());
      }
    }
  }

  private void pieces(InputStream log) throws IOException {
    var piece = new byte[PIECE_BYTES];
    for (int length = log.read(piece); length >= 0; length = log.read(piece)) {
      write(piece, 0, length);
    }
  }

  /** Puts the prefix before each line; a line goes out whole, so that several logs do not mix. */
  private void lines(InputStream log, byte[] prefix) throws IOException {
    var line = new ByteArrayOutputStream();
    var piece = new byte[PIECE_BYTES];
    for (int length = log.read(piece); length >= 0; length = log.read(piece)) {
      for (int i = 0; i < length; i++) {
        if (line.size() == 0) {
          line.write(prefix);
        }
        line.write(piece[i]);
        if (piece[i] == '\n') {
          write(line.toByteArray(), 0, line.size());
          line.reset();
        }
      }
    }
    write(line.toByteArray(), 0, line.size());
  }

  private void write(byte[] bytes, int offset, int length) {
    out.lock();
    try {
      context.out().write(bytes, offset, length);
      if (flags.follow) {
        context.out().flush();
      }
    } finally {
      out.unlock();
    }
  }

  private static void close(InputStream log) {
    try {
      log.close();
    } catch (IOException ended) {
      // Closing is how the reader is told to stop; that it had stopped already is as good.
      return;
    }
  }
}
