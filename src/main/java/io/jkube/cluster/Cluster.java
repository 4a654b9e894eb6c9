package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.Transport;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.snapshot.SnapshotException;
import io.jkube.cluster.snapshot.SnapshotFile;
import io.jkube.cluster.snapshot.SnapshotHeader;
import io.jkube.cluster.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** One running cluster in this process. */
public final class Cluster implements AutoCloseable, Snapshots {
  /** The way up, each step behind those it needs. Stopping is the way back. */
  static final List<StartupStep> PLAN =
      List.of(
          new FindEngine(),
          new OpenStore(),
          new LoadKeys(),
          new BuildApi(),
          new Listen(),
          new Serve(),
          new SeedNamespaces(),
          new SeedObjects(),
          new SeedRoles(),
          new SeedStorageClass(),
          new SeedFlowControl(),
          new SeedIngressClass(),
          new StartScheduler(),
          new StartControllers(),
          new StartNetwork(),
          new StartKubelets(),
          new AwaitReady(),
          new WriteKubeconfig(),
          new AggregateServers());

  /** Within which a stop is over, whatever hangs. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final StartupPlan plan;
  private final Parts parts;
  private final HeapBound heap = HeapBound.start();

  private Cluster(StartupPlan plan, Parts parts) {
    this.plan = plan;
    this.parts = parts;
  }

  /**
   * Brings a cluster up in this process; when that fails, what had been started is stopped.
   *
   * @param environment of the person: HOME, KUBECONFIG, JKUBE_HOME
   * @throws StartupFailure with a text for the person
   */
  public static Cluster start(
      StartSettings settings,
      Map<String, String> environment,
      InstantSource clock,
      StartupListener listener)
      throws StartupFailure, InterruptedException {
    var folder = ClusterFolder.of(settings.name(), environment);
    var parts = new Parts(settings.checked(), folder, environment, clock, listener);
    var plan = new StartupPlan(PLAN, parts, listener);
    boolean up = false;
    try {
      PrivateFiles.createFolder(folder.path());
      plan.start();
      up = true;
      return new Cluster(plan, parts);
    } catch (IOException failure) {
      throw new StartupFailure(
          StartupFailure.Kind.OTHER, "cannot make " + folder.path() + ": " + failure, failure);
    } finally {
      if (!up) {
        plan.stop(STOP_LIMIT);
      }
    }
  }

  public ServerRecord record() {
    return parts.record;
  }

  public ClusterFolder folder() {
    return parts.folder;
  }

  /** A way to the API as the person who owns the cluster. */
  public Transport administrator() {
    return parts.transport(UserInfo.of("kubernetes-admin", UserInfo.MASTERS), "jkube");
  }

  /** Others write meanwhile. */
  @Override
  public SnapshotHeader save(Path file) throws SnapshotException, IOException {
    return SnapshotFile.save(
        file, parts.folder, parts.state.store(), parts.clock.instant(), ClusterVersion.JKUBE);
  }

  /** Stops everything within a few seconds; state and pods stay. Safe to call again. */
  @Override
  public void close() {
    heap.close();
    plan.stop(STOP_LIMIT);
  }
}
