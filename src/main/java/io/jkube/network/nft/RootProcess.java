package io.jkube.network.nft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs as children of this process. */
final class RootProcess implements NetworkAdmin {
  private static final long LIMIT_SECONDS = 10;

  @Override
  public Result run(List<String> command, String input) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command.getFirst() + " does not end");
      }
      return new Result(process.exitValue(), said.strip());
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void set(Path setting, String value) throws IOException {
    Files.writeString(setting, value);
  }
}
