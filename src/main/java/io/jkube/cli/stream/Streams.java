package io.jkube.cli.stream;

import io.jkube.cli.command.CommandContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** What a process reads and writes at this end. The session closes none of them. */
public record Streams(InputStream in, OutputStream out, OutputStream err) {
  public Streams {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
  }

  static Streams of(CommandContext context) {
    return new Streams(context.in(), context.out(), context.err());
  }
}
