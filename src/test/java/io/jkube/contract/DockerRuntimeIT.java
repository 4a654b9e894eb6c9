package io.jkube.contract;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;

final class DockerRuntimeIT extends ContainerRuntimeContract {
  private DockerFixture docker;

  @Override
  protected ContainerRuntime open() {
    docker = DockerFixture.open();
    return docker.cluster().runtime("node");
  }

  @Override
  protected String image() throws Exception {
    return BusyboxImage.in(DockerFixture.ENGINE);
  }

  @Override
  protected void cleanUp() {
    docker.close();
  }
}
