package io.jkube.cli;

import io.jkube.cli.get.Get;
import io.jkube.cli.lifecycle.DeleteCluster;
import io.jkube.cli.lifecycle.ListClusters;
import io.jkube.cli.lifecycle.LogsServer;
import io.jkube.cli.lifecycle.PrintKubeconfig;
import io.jkube.cli.lifecycle.Start;
import io.jkube.cli.lifecycle.Status;
import io.jkube.cli.lifecycle.Stop;
import io.jkube.cli.version.Version;
import java.util.List;

/** Every command of jkube, in the order of the help. A new one is one file and one line here. */
final class CommandTree {
  /** What {@code jkube delete} means when it names no resource. */
  static final String DELETE_CLUSTER = "delete-cluster";

  static final List<Word> WORDS =
      List.of(
          Word.here("start", "Start a cluster", Start::new),
          Word.here("stop", "Stop a cluster's server; its pods go on", Stop::new),
          // `jkube delete` without a resource: see Cli.
          Word.here(DELETE_CLUSTER, "", DeleteCluster::new),
          Word.here("status", "Say whether a cluster runs, and where", Status::new),
          Word.here("list", "List the clusters", ListClusters::new),
          Word.here("kubeconfig", "Print a kubeconfig for one cluster", PrintKubeconfig::new),
          Word.here("logs-server", "Print the log of a cluster's server", LogsServer::new),
          Word.of("get", "Display one or many objects", Get::new).or("ls"),
          Word.of("version", "Print the versions of client and server", Version::new));

  private CommandTree() {}
}
