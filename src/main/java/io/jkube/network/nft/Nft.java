package io.jkube.network.nft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program {@code nft}.
 *
 * @param program where it lies
 * @param admin who runs it
 */
record Nft(Path program, NetworkAdmin admin) {
  static Optional<Nft> of(NetworkAdmin admin) {
    return Programs.find("nft").map(program -> new Nft(program, admin));
  }

  /**
   * Carries out a transaction.
   *
   * @throws IOException nothing of it was done; the message is nft's
   */
  void apply(String script) throws IOException, InterruptedException {
    run(script, "-f", "-");
  }

  /** All tables of IPv4 with their rules, without what is in their sets. */
  String tables() throws IOException, InterruptedException {
    return run("", "-t", "list", "ruleset", "ip");
  }

  /** What it says. */
  private String run(String input, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var result = admin.run(command, input);
    if (result.exitCode() != 0) {
      throw new IOException("nft: " + result.output());
    }
    return result.output();
  }
}
