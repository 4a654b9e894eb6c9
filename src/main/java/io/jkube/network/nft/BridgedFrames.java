package io.jkube.network.nft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Whether rules see what one pod sends to another. Both are on one bridge, and a bridge hands
 * frames on by itself: the kernel's {@code br_netfilter} shows them to the rules as if they were
 * routed, for all bridges, or for those that ask for it.
 */
final class BridgedFrames {
  private static final Path OF_ALL_BRIDGES =
      Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
  private static final Path INTERFACES = Path.of("/sys/class/net");
  private static final String OF_ONE_BRIDGE = "bridge/nf_call_iptables";
  private static final String SHOWN = "1";
  private static final long LIMIT_SECONDS = 5;

  private BridgedFrames() {}

  /** Sees to it for this bridge alone where it is not so for all; false when it cannot be had. */
  static boolean areShown(NetworkAdmin admin, String bridge) {
    var own = INTERFACES.resolve(bridge).resolve(OF_ONE_BRIDGE);
    if (!Files.exists(OF_ALL_BRIDGES)) {
      loadModule();
    }
    return is(OF_ALL_BRIDGES) || Files.exists(OF_ALL_BRIDGES) && (is(own) || turnOn(admin, own));
  }

  private static boolean is(Path setting) {
    try {
      return Files.readString(setting).startsWith(SHOWN);
    } catch (IOException notThere) {
      return false;
    }
  }

  private static boolean turnOn(NetworkAdmin admin, Path setting) {
    try {
      admin.set(setting, SHOWN);
    } catch (IOException refused) {
      return false;
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return false;
    }
    return is(setting);
  }

  private static void loadModule() {
    var modprobe = Programs.find("modprobe");
    if (modprobe.isEmpty()) {
      return;
    }
    try {
      var process =
          new ProcessBuilder(modprobe.get().toString(), "-q", "br_netfilter")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
    } catch (IOException unavailable) {
      // Then the setting is not there either, which is what the caller looks at.
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
