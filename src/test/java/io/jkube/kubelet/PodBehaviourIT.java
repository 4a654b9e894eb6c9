package io.jkube.kubelet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.stream.LogOptions;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  void assertEnvironment(Set<String> variables) throws IOException {
    node.awaitPhase("web", "Succeeded");
    try (var in = node.kubelet().logs().open("default", "web", "a", LogOptions.ALL)) {
      var lines = List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
      assertTrue(lines.containsAll(variables), lines::toString);
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("IP=10.")), lines::toString);
    }
  }
}
