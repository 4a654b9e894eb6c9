package io.jkube.network.nft;

import io.jkube.network.proxy.Protocol;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the kernel forget where it sent datagrams once nobody is there any more: a client that
 * keeps its port would go on to be sent there. Connections end by themselves. For one thread.
 */
final class StaleFlows {
  private static final Logger LOG = LoggerFactory.getLogger(StaleFlows.class);
  private static final long LIMIT_SECONDS = 5;

  private final Optional<Path> program = Nft.find("conntrack");
  private TreeSet<String> before = new TreeSet<>();

  void accept(ServiceTable services) throws IOException, InterruptedException {
    var now = new TreeSet<String>();
    for (var port : services.ports()) {
      if (port.protocol() == Protocol.UDP) {
        port.backends().forEach(backend -> now.add(backend.address()));
      }
    }
    var gone = before;
    before = now;
    gone.removeAll(now);
    for (var address : gone) {
      forget(address);
    }
  }

  private void forget(String address) throws IOException, InterruptedException {
    if (program.isEmpty()) {
      LOG.info("conntrack is not installed: datagrams to {} may be lost for a while", address);
      return;
    }
    var process =
        new ProcessBuilder(program.get().toString(), "-D", "-p", "udp", "--dst-nat", address)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    // It fails where there is nothing to forget.
    process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
  }
}
