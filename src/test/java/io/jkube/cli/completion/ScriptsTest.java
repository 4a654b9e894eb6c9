package io.jkube.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cli.Cli;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.Interruption;
import io.jkube.cli.command.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scripts in {@code completions/} are those that {@code jkube completion} prints. After a
 * change: {@code mvn test -Dtest=ScriptsTest -Djkube.rewrite=true} writes them anew.
 */
final class ScriptsTest {
  @ParameterizedTest
  @EnumSource(Shell.class)
  void committedScriptIsCurrent(Shell shell) throws IOException {
    var file = Path.of("completions", shell.file());
    var current = run(0, "completion", shell.name().toLowerCase(Locale.ROOT));
    if (Boolean.getBoolean("jkube.rewrite")) {
      Files.writeString(file, current);
    }
    assertEquals(Files.readString(file), current, file + ": rewrite with -Djkube.rewrite=true");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void scriptKnowsTheCommandsAndAsksForTheRest(Shell shell) throws IOException {
    var script = Files.readString(Path.of("completions", shell.file()));
    assertTrue(script.contains("cluster-info"), script);
    assertTrue(script.contains(" __complete "), script);
    assertTrue(script.contains(":files"), script);
  }

  @Test
  void anotherShellIsAnError() {
    assertEquals(
        "error: unknown shell \"tcsh\": bash, zsh or fish\n", run(1, "completion", "tcsh"));
  }

  /** What the command wrote, on either stream. */
  private static String run(int expected, String... words) {
    var written = new ByteArrayOutputStream();
    var stream = new PrintStream(written, false, StandardCharsets.UTF_8);
    var context =
        new CommandContext(
            InputStream.nullInputStream(),
            stream,
            stream,
            Map.of(),
            Path.of("").toAbsolutePath(),
            Terminal.NONE,
            "none",
            "",
            () -> {
              throw new AssertionError("asks a cluster");
            },
            InstantSource.system(),
            new Interruption(),
            new Cli(),
            Optional.empty());
    assertEquals(expected, new Cli().run(List.of(words), context));
    return written.toString(StandardCharsets.UTF_8);
  }
}
