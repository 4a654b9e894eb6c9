package io.jkube.cli.parity;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jkube.cli.testing.CommandLines.CommandLine;
import io.jkube.cli.testing.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * kubectl 1.35, as {@code bin/verify} fetched it.
 *
 * @param home of the person, where its cache lies
 * @param folder it works in
 */
record Kubectl(Path home, Path folder) {
  private static final long LIMIT_SECONDS = 60;

  /**
   * Runs it to its end.
   *
   * @param kubeconfig says which cluster and namespace
   */
  Said run(CommandLine line, Path kubeconfig) throws IOException, InterruptedException {
    var out = Files.createTempFile(home, "out", ".txt");
    var err = Files.createTempFile(home, "err", ".txt");
    var stdin = line.stdin().isEmpty() ? Path.of("/dev/null") : folder.resolve(line.stdin());
    var process =
        builder(line.words(), kubeconfig)
            .redirectInput(stdin.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("kubectl " + line.text() + " did not end");
    }
    var said = new Said(Files.readString(out), Files.readString(err), process.exitValue());
    Files.delete(out);
    Files.delete(err);
    return said;
  }

  /** The process of a command that does not end by itself. */
  ProcessBuilder builder(List<String> words, Path kubeconfig) {
    var program = Path.of("target/clients/kubectl").toAbsolutePath();
    assertTrue(Files.isExecutable(program), program + " is missing: bin/verify fetches it");
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(words);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("TZ", "UTC");
    builder.environment().put("GOGC", "off");
    return builder;
  }
}
