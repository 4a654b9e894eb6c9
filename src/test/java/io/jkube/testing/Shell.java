package io.jkube.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Runs programs with an environment that holds nothing but what the test says. */
public final class Shell {
  private static final long LIMIT_SECONDS = 60;

  private Shell() {}

  /**
   * @param scratch a folder for what the program writes
   */
  public static Outcome run(Path scratch, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var out = Files.createTempFile(scratch, "out", "");
    var err = Files.createTempFile(scratch, "err", "");
    var builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      Assertions.fail(command + " did not end within " + LIMIT_SECONDS + " s");
    }
    return new Outcome(
        String.join(" ", command),
        process.exitValue(),
        Files.readString(out),
        Files.readString(err));
  }
}
