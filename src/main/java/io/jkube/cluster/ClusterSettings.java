package io.jkube.cluster;

import java.time.Duration;
import java.util.Objects;

/**
 * What a person may choose about a cluster; each is a flag of {@code jkube start} and a key of its
 * {@code --config} file.
 *
 * @param name of the cluster: its folder, its context, the label of its containers
 * @param port of the API on 127.0.0.1; the next free one when it is taken
 * @param nodes how many kubelets, each with a Node of its own, on the one engine
 * @param insecurePort for plain HTTP on 127.0.0.1, where every caller is the administrator; 0 for
 *     none
 * @param runtime what makes the containers
 * @param installDocker whether an engine may be installed or started where none answers
 * @param wait until every node is Ready
 */
public record ClusterSettings(
    String name,
    int port,
    int nodes,
    int insecurePort,
    Runtime runtime,
    boolean installDocker,
    Duration wait) {
  public static final ClusterSettings DEFAULT =
      new ClusterSettings("jkube", 6443, 1, 0, Runtime.DOCKER, false, Duration.ofSeconds(60));

  /** Node names count to this; more kubelets in one process serve nobody. */
  private static final int MAX_NODES = 50;

  private static final int MAX_PORT = 65535;

  /** What makes the containers. */
  public enum Runtime {
    DOCKER,
    /** An engine in memory: pods run in name only. */
    FAKE
  }

  public ClusterSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(wait, "wait");
    requireBetween(0, MAX_PORT, port, "port");
    requireBetween(0, MAX_PORT, insecurePort, "insecure-port");
    requireBetween(1, MAX_NODES, nodes, "nodes");
    if (wait.isNegative()) {
      throw new IllegalArgumentException("wait must not be negative");
    }
  }

  /** The name of a node, counted from 0: that of the cluster, then {@code <name>-2}, ... */
  String nodeName(int index) {
    return index == 0 ? name : name + "-" + (index + 1);
  }

  private static void requireBetween(int least, int most, int value, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be between " + least + " and " + most + ", not " + value);
    }
  }
}
