package io.jkube.cluster;

import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.kubelet.runtime.fake.FakeEngine;

/** What makes the containers of all nodes of a cluster. */
sealed interface ContainerEngine extends AutoCloseable {
  /** The view of one node. */
  ContainerRuntime runtime(String node);

  /** Who may do anything with folders that are mounted into containers. */
  FolderOwner folderOwner();

  @Override
  void close();

  /** A Docker Engine, shared by all nodes. */
  record Docker(DockerCluster cluster) implements ContainerEngine {
    @Override
    public ContainerRuntime runtime(String node) {
      return cluster.runtime(node);
    }

    @Override
    public FolderOwner folderOwner() {
      return cluster.folderOwner();
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
    public FolderOwner folderOwner() {
      return FolderOwner.NONE;
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
