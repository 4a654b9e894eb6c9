package io.jkube.network.nft;

import java.io.IOException;
import java.util.Objects;

/** One table in the kernel: made anew by the first rule set, then only changed. For one thread. */
final class KernelTable {
  private final NetworkAdmin admin;
  private final String name;
  private final String frame;

  /** What the kernel has; null when that is not known. */
  private RuleSet applied;

  /**
   * @param frame the chains, maps and sets that are always there
   */
  KernelTable(NetworkAdmin admin, String name, String frame) {
    this.admin = Objects.requireNonNull(admin, "admin");
    this.name = Objects.requireNonNull(name, "name");
    this.frame = Objects.requireNonNull(frame, "frame");
  }

  /**
   * Changes the rules in one transaction.
   *
   * @throws IOException the kernel has the rules it had
   */
  void become(RuleSet next) throws IOException, InterruptedException {
    var script =
        applied == null ? Script.anew(name, frame, next) : Script.change(name, applied, next);
    if (!script.isEmpty()) {
      applied = null;
      Nft.of(admin)
          .orElseThrow(() -> new IOException("nft is not installed any more"))
          .apply(script);
    }
    applied = next;
  }

  /** Takes a table away; nothing where nobody can have made it. */
  static void remove(NetworkAdmin admin, String name) throws IOException, InterruptedException {
    var nft = Nft.of(admin);
    if (nft.isPresent()) {
      try {
        nft.get().apply(Script.removal(name));
      } catch (IOException refused) {
        if (!String.valueOf(refused.getMessage()).contains("not permitted")) {
          throw refused;
        }
        // Root without rights over the network: it cannot have made rules either.
      }
    }
  }
}
