package io.jkube.cli.testing;

import io.jkube.cli.Cli;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.Interruption;
import io.jkube.cli.command.Terminal;
import io.jkube.client.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commands in this thread, with a server that is only told what to answer. The clock stands at
 * 2026-01-02T03:04:05Z.
 *
 * @param folder the working folder
 * @param environment of the person
 */
public record Offline(
    Transport api, Path folder, String stdin, Map<String, String> environment, Terminal terminal) {
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  public Offline(Transport api) {
    this(api, Path.of("/"));
  }

  public Offline(Transport api, Path folder) {
    this(api, folder, "", Map.of("TZ", "UTC"), Terminal.NONE);
  }

  /** Runs a line as it would be typed behind {@code jkube}. */
  public Said run(String line) {
    return run(CommandLines.words(line));
  }

  public Said run(List<String> words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = new Cli().run(words, context(out, err));
    return new Said(
        out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), code);
  }

  public CommandContext context(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new CommandContext(
        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        environment,
        folder,
        terminal,
        "jkube",
        "https://127.0.0.1:6443",
        () -> api,
        InstantSource.fixed(NOW),
        new Interruption(),
        new Cli(),
        Optional.empty());
  }
}
