package io.jkube.testing;

import io.jkube.kubelet.runtime.docker.ClusterSettings;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.kubelet.runtime.docker.EngineAddress;
import java.util.UUID;

/** A cluster of its own on the machine's engine; closing it leaves nothing behind. */
public final class DockerFixture implements AutoCloseable {
  public static final EngineAddress ENGINE = EngineAddress.unix("/var/run/docker.sock");

  private final String name;
  private final DockerCluster cluster;

  private DockerFixture(String name, DockerCluster cluster) {
    this.name = name;
    this.cluster = cluster;
  }

  public static DockerFixture open() {
    return open(ENGINE);
  }

  /** By another way to the same engine. */
  public static DockerFixture open(EngineAddress engine) {
    var name = "test-" + UUID.randomUUID().toString().substring(0, 8);
    return new DockerFixture(
        name, DockerCluster.connect(engine, name, ClusterSettings.DEFAULTS).prepare());
  }

  public String name() {
    return name;
  }

  public DockerCluster cluster() {
    return cluster;
  }

  @Override
  public void close() {
    cluster.remove();
    cluster.close();
  }
}
