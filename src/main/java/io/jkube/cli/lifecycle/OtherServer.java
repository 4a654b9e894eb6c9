package io.jkube.cli.lifecycle;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The server of a cluster in another process, which may be coming up at this moment. */
record OtherServer(ClusterFolder folder) {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** Whether it is up: it takes commands once every node is Ready. */
  boolean serves() {
    return ServerRecord.ofRunning(folder).isPresent() && takesCommands();
  }

  /** Nobody tells a stranger that a server is up or gone, so it is looked at now and then. */
  static void giveTime() throws InterruptedException {
    LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  ServerRecord record() {
    return ServerRecord.read(folder).orElseThrow();
  }

  private boolean takesCommands() {
    try (var socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return socket.connect(UnixDomainSocketAddress.of(folder.commandSocket()));
    } catch (IOException refused) {
      return false;
    }
  }
}
