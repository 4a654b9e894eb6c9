package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ClusterVersionTest {
  @Test
  void isThatOfTheBuild() throws IOException {
    var project = Files.readString(Path.of("pom.xml"));
    assertTrue(
        project.contains(
            "<artifactId>jkube</artifactId>\n  <version>" + ClusterVersion.JKUBE + "</version>"));
  }
}
