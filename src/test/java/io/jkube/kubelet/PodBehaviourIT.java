package io.jkube.kubelet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.stream.LogOptions;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** On a real Docker Engine. */
final class PodBehaviourIT extends PodBehaviour {
  private DockerFixture docker;

  @Override
  ContainerRuntime open() throws IOException {
    BusyboxImage.in(DockerFixture.ENGINE);
    docker = DockerFixture.open();
    return docker.cluster().runtime(TestNode.NODE);
  }

  @Override
  void cleanUp() {
    docker.close();
  }

  @Override
  void assertResized(String containerId) {
    var read = "cat /sys/fs/cgroup/cpu.max /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null";
    var said = runtime.exec(containerId, List.of("sh", "-c", read), Duration.ofSeconds(10));
    var quota = new String(said.stdout(), StandardCharsets.UTF_8);
    assertTrue(quota.startsWith("30000"), quota);
  }

  @Override
  void assertEnvironment(Set<String> variables) throws IOException {
    node.awaitPhase("web", "Succeeded");
    try (var in = node.kubelet().logs().open("default", "web", "a", LogOptions.ALL)) {
      var lines = List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
      assertTrue(lines.containsAll(variables), lines::toString);
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("IP=10.")), lines::toString);
    }
  }
}
