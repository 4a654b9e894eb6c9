package io.jkube.network.nft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program {@code nft}.
 *
 * @param program where it lies
 */
record Nft(Path program) {
  private static final long LIMIT_SECONDS = 10;

  /** Wherever a PATH without {@code sbin} would not find it, too. */
  static Optional<Nft> find() {
    return find("nft").map(Nft::new);
  }

  static Optional<Path> find(String program) {
    return Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/bin")
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Carries out a transaction.
   *
   * @throws IOException nothing of it was done; the message is nft's
   */
  void apply(String script) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(List.of(program.toString(), "-f", "-"))
            .redirectErrorStream(true)
            .start();
    try {
      try (var input = process.getOutputStream()) {
        input.write(script.getBytes(StandardCharsets.UTF_8));
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("nft: " + said.strip());
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
