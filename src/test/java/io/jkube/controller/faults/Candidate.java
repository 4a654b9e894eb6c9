package io.jkube.controller.faults;

import io.jkube.client.leader.LeaderElector;
import io.jkube.client.leader.LeaderTiming;
import io.jkube.controller.ControllerList;
import io.jkube.controller.TestCluster;
import java.time.Duration;

/** A server of several on one store: it runs the controllers while it holds their lease. */
final class Candidate implements AutoCloseable {
  /** Asks often; how long a lease lasts is told by the clock that is moved by hand. */
  static final LeaderTiming TIMING =
      new LeaderTiming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(20));

  private final String identity;
  private final LeaderElector elector;
  private volatile boolean dead;

  Candidate(TestCluster cluster, String identity, Faults faults) {
    this.identity = identity;
    this.elector =
        new LeaderElector(
                ControllerProcess.client(cluster, ControllerList.READER, faults, () -> this.dead),
                "kube-controller-manager",
                identity,
                cluster.clock,
                TIMING,
                false,
                () -> ControllerProcess.controllers(cluster, faults, () -> this.dead))
            .start();
  }

  String identity() {
    return identity;
  }

  boolean isLeading() {
    return elector.isLeading();
  }

  /** Nothing of it reaches the server any more, not even that it lets go of the lease. */
  void kill() throws InterruptedException {
    dead = true;
    elector.close();
  }

  @Override
  public void close() throws InterruptedException {
    elector.close();
  }
}
