package io.jkube.network.nft;

import java.io.IOException;
import java.nio.file.Path;
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
    var result = admin.run(List.of(program.toString(), "-f", "-"), script);
    if (result.exitCode() != 0) {
      throw new IOException("nft: " + result.output());
    }
  }
}
