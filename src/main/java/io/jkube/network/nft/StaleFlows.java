package io.jkube.network.nft;

import io.jkube.network.proxy.Protocol;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the kernel forget where it sent datagrams once nobody is there any more: a client that
 * keeps its port would go on to be sent there. Connections end by themselves. For one thread.
 */
final class StaleFlows {
  private static final Logger LOG = LoggerFactory.getLogger(StaleFlows.class);

  private final Optional<Path> program = Programs.find("conntrack");
  private final NetworkAdmin admin;
  private TreeSet<String> before = new TreeSet<>();

  StaleFlows(NetworkAdmin admin) {
    this.admin = admin;
  }

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
    // It fails where there is nothing to forget.
    admin.run(List.of(program.get().toString(), "-D", "-p", "udp", "--dst-nat", address), "");
  }
}
