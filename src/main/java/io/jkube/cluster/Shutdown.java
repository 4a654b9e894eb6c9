package io.jkube.cluster;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.Liveness;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.kubeconfig.KubeconfigException;
import io.jkube.cluster.kubeconfig.KubeconfigFile;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.network.nft.NetworkAdmin;
import io.jkube.network.nft.NftProxy;
import io.jkube.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends clusters from outside of their server's process. */
public final class Shutdown {
  /** The server ends itself within {@link Cluster#STOP_LIMIT}; the rest is the JVM's own end. */
  private static final Duration PATIENCE = Cluster.STOP_LIMIT.plusSeconds(3);

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private static final long LOOK_EVERY_MILLIS = 10;

  private static final Duration POD_GRACE = Duration.ofSeconds(10);

  private Shutdown() {}

  /**
   * Ends the server, after it has come up if it is about to; state and pods stay.
   *
   * @return whether one ran
   * @throws StartupFailure it neither came up nor gave up
   */
  public static boolean stopServer(ClusterFolder folder)
      throws StartupFailure, IOException, InterruptedException {
    var process = running(folder);
    if (process.isEmpty()) {
      return false;
    }
    process.get().destroy();
    if (!ends(process.get())) {
      process.get().destroyForcibly();
      ends(process.get());
    }
    return true;
  }

  /**
   * Ends the containers of every pod; the next server starts them again as their restart policies
   * say.
   *
   * @throws StartupFailure no engine answers
   */
  public static void stopPods(ClusterFolder folder, Map<String, String> environment)
      throws StartupFailure, IOException {
    if (usesDocker(folder)) {
      try (var cluster = connect(folder, environment)) {
        cluster.stopAllPods(POD_GRACE);
      }
    }
  }

  /**
   * Removes all that belongs to the cluster and to no other: containers and network in the engine,
   * entry in the kubeconfig, folder. The server must have ended.
   *
   * @throws StartupFailure no engine answers, or a server is coming up: nothing was removed
   * @throws KubeconfigException the entry could not be removed; all else is gone
   */
  public static void delete(ClusterFolder folder, Map<String, String> environment)
      throws StartupFailure, KubeconfigException, IOException, InterruptedException {
    if (EmbeddedStore.isOpen(folder.state())) {
      throw betweenStates(folder);
    }
    if (usesDocker(folder)) {
      removeRules(folder, environment);
      removeContainers(folder, environment);
    }
    var previous =
        Files.exists(folder.previousContext()) ? Files.readString(folder.previousContext()) : "";
    try {
      KubeconfigFile.of(environment).remove(folder.name(), previous);
    } finally {
      folder.delete();
    }
  }

  private static boolean usesDocker(ClusterFolder folder) {
    return ServerRecord.read(folder).map(record -> !record.runtime().equals("fake")).orElse(true);
  }

  private static void removeContainers(ClusterFolder folder, Map<String, String> environment)
      throws StartupFailure, IOException {
    try (var cluster = connect(folder, environment)) {
      cluster.remove();
      folder.deletePodData(cluster.folderOwner());
    } catch (StartupFailure failure) {
      // Where no server ever came up there are no containers of it.
      if (ServerRecord.read(folder).isPresent()) {
        throw failure;
      }
    }
  }

  /** Root needs no engine for it, nobody else could have made them without. */
  private static void removeRules(ClusterFolder folder, Map<String, String> environment)
      throws StartupFailure, IOException, InterruptedException {
    if (NftProxy.isRoot()) {
      NftProxy.remove(NetworkAdmin.ROOT, folder.name());
    }
    if (NftProxy.isRoot() || !NetworkRights.wereOfContainer(folder)) {
      return;
    }
    try (var cluster = connect(folder, environment);
        var rights = NetworkRights.of(cluster, folder.name())) {
      NftProxy.remove(rights, folder.name());
    }
  }

  private static DockerCluster connect(ClusterFolder folder, Map<String, String> environment)
      throws StartupFailure, IOException {
    try {
      return EngineConnection.open(FindEngine.find(environment), folder);
    } catch (RuntimeFailure failure) {
      throw new StartupFailure(StartupFailure.Kind.NO_ENGINE, failure.getMessage(), failure);
    }
  }

  /** Looks often: {@code onExit} of a process that is no child looks every 300 ms at best. */
  /** A server holds the lock of its state well before it says, in its record, that it serves. */
  private static Optional<ProcessHandle> running(ClusterFolder folder)
      throws StartupFailure, IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      boolean open = EmbeddedStore.isOpen(folder.state());
      var process = ServerRecord.ofRunning(folder).flatMap(ServerRecord::process);
      if (process.isPresent() || !open) {
        return process;
      }
      if (System.nanoTime() > deadline) {
        throw betweenStates(folder);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static StartupFailure betweenStates(ClusterFolder folder) {
    return new StartupFailure(
        StartupFailure.Kind.RUNS_ALREADY,
        "cluster \"" + folder.name() + "\" is being started or stopped; try again");
  }

  private static boolean ends(ProcessHandle process) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Liveness.runs(process)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    return true;
  }
}
