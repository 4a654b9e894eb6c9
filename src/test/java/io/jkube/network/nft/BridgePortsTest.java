package io.jkube.network.nft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BridgePortsTest {
  @TempDir Path folder;

  @Test
  void everyPortTurnsBackWhatIsForTheOneThatSentIt() throws Exception {
    var port = Files.createDirectories(folder.resolve("veth1"));
    Files.writeString(port.resolve("hairpin_mode"), "0\n");
    Files.createDirectories(folder.resolve("gone"));
    new BridgePorts(folder, NetworkAdmin.ROOT).turnBack();
    assertEquals("1", Files.readString(port.resolve("hairpin_mode")).strip().substring(0, 1));
  }

  @Test
  void aBridgeThatIsNotThereHasNone() throws Exception {
    new BridgePorts(folder.resolve("none"), NetworkAdmin.ROOT).turnBack();
  }
}
