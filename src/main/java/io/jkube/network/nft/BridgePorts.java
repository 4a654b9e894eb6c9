package io.jkube.network.nft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ports of a bridge that pods are behind. A pod that calls its own service is answered by
 * itself: its frames have to leave by the port they came in by, which a bridge does only where it
 * is told so.
 *
 * @param ports the folder that has a link for each: {@code /sys/class/net/<bridge>/brif}
 * @param admin who may write their settings
 */
record BridgePorts(Path ports, NetworkAdmin admin) {
  private static final String HAIRPIN = "hairpin_mode";
  private static final String ON = "1";

  static BridgePorts of(NetworkAdmin admin, String bridge) {
    return new BridgePorts(Path.of("/sys/class/net", bridge, "brif"), admin);
  }

  /** Also for those that came since. */
  void turnBack() throws IOException, InterruptedException {
    if (!Files.isDirectory(ports)) {
      return;
    }
    try (var each = Files.newDirectoryStream(ports)) {
      for (var port : each) {
        turnBack(port.resolve(HAIRPIN));
      }
    }
  }

  private void turnBack(Path hairpin) throws IOException, InterruptedException {
    try {
      if (!Files.readString(hairpin).startsWith(ON)) {
        admin.set(hairpin, ON);
      }
    } catch (IOException refused) {
      if (Files.exists(hairpin)) {
        throw refused;
      }
      // The pod ended meanwhile.
    }
  }
}
