package io.jkube.contract;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.time.InstantSource;

final class FakeRuntimeTest extends ContainerRuntimeContract {
  @Override
  protected ContainerRuntime open() {
    var runtime = new FakeRuntime(InstantSource.system());
    runtime.pull(image(), null, progress -> {});
    return runtime;
  }

  @Override
  protected String image() {
    return "busybox:1.36";
  }
}
