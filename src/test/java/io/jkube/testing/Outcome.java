package io.jkube.testing;

import org.junit.jupiter.api.Assertions;

/** What a process said and how it ended. */
public record Outcome(String command, int exitCode, String stdout, String stderr) {
  /** Fails the test, with everything the process said, unless it ended well. */
  public String expectSuccess() {
    Assertions.assertEquals(0, exitCode, this::toString);
    return stdout;
  }

  @Override
  public String toString() {
    return "$ %s%n%s%s(exit code %d)".formatted(command, stdout, stderr, exitCode);
  }
}
