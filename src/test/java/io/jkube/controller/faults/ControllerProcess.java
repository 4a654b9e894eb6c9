package io.jkube.controller.faults;

import io.jkube.api.ApiException;
import io.jkube.api.volume.FolderOwner;
import io.jkube.client.ApiClient;
import io.jkube.controller.ControllerList;
import io.jkube.controller.TestCluster;
import io.jkube.testing.TestAuthority;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** All controllers, as a process of their own would run them; killed, it leaves what it was at. */
final class ControllerProcess implements AutoCloseable {
  private volatile boolean dead;
  private final ControllerList controllers;

  private ControllerProcess(TestCluster cluster, Faults faults) {
    this.controllers = controllers(cluster, faults, () -> dead);
  }

  /** All controllers on a way to the server that ends when they are dead. */
  static ControllerList controllers(TestCluster cluster, Faults faults, BooleanSupplier dead) {
    return ControllerList.start(
        user -> client(cluster, user, faults, dead),
        cluster.clock,
        TestAuthority.AUTHORITY,
        Path.of("target/volumes"),
        FolderOwner.NONE);
  }

  static ApiClient client(TestCluster cluster, String user, Faults faults, BooleanSupplier dead) {
    return new ApiClient(
        new FaultyTransport(cluster.clientOf(user).transport(), user, faults, dead));
  }

  /** As its supervisor would: tried again until the server says what it serves. */
  static ControllerProcess start(TestCluster cluster, Faults faults) {
    while (true) {
      try {
        return new ControllerProcess(cluster, faults);
      } catch (ApiException refused) {
        // the next try draws anew
      }
    }
  }

  void kill() {
    dead = true;
    controllers.close();
  }

  @Override
  public void close() {
    controllers.close();
  }
}
