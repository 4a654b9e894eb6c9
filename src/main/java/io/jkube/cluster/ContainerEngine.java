package io.jkube.cluster;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.kubelet.runtime.fake.FakeEngine;

/** What makes the containers of all nodes of a cluster. */
sealed interface ContainerEngine extends AutoCloseable {
  /** The view of one node. */
  ContainerRuntime runtime(String node);

  @Override
  void close();

  /** A Docker Engine, shared by all nodes. */
  record Docker(DockerCluster cluster) implements ContainerEngine {
    @Override
    public ContainerRuntime runtime(String node) {
      return cluster.runtime(node);
    }

    @Override
    public void close() {
      cluster.close();
    }
  }

  /** An engine in memory for each node: pods run in name only. */
  record Fake(FakeEngine engine) implements ContainerEngine {
    @Override
    public ContainerRuntime runtime(String node) {
      return engine.runtime();
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
