package io.jkube.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster is meant, in the order in which it may be named. */
final class ClusterNameTest {
  @TempDir Path home;

  @BeforeEach
  void thereAreClusters() throws IOException {
    Files.createDirectories(home.resolve(".jkube/dev"));
    Files.createDirectories(home.resolve(".jkube/test"));
  }

  @Test
  void flagBeforeEnvironmentBeforeContext() throws IOException {
    kubeconfig("current-context: dev\n");
    var both = Map.of("JKUBE_CLUSTER", "test", "HOME", home.toString());

    assertEquals("other", ClusterName.talkedTo(words("get", "--cluster", "other"), both));
    assertEquals("other", ClusterName.talkedTo(words("get", "--cluster=other"), both));
    assertEquals("test", ClusterName.talkedTo(words("exec", "a", "--", "--cluster=x"), both));
    assertEquals("test", ClusterName.talkedTo(words("get"), both));
    assertEquals("dev", talkedTo());
  }

  @Test
  void currentContextStandsOnALineOfItsOwn() throws IOException {
    kubeconfig(
        "apiVersion: v1\ncontexts:\n- context: {}\n  name: dev\ncurrent-context: \"test\"\n");
    assertEquals("test", talkedTo());
    kubeconfig("current-context: 'dev'");
    assertEquals("dev", talkedTo());
    kubeconfig("current-context: \"\"\n");
    assertEquals("jkube", talkedTo());
    kubeconfig("preferences:\n  current-context: dev\n");
    assertEquals("jkube", talkedTo());
  }

  @Test
  void contextOfAnotherClusterIsNotOurs() throws IOException {
    kubeconfig("current-context: gke_project_dev\n");
    assertEquals("jkube", talkedTo());
    kubeconfig("current-context: ../.jkube/dev\n");
    assertEquals("jkube", talkedTo());
    Files.delete(home.resolve(".kube/config"));
    assertEquals("jkube", talkedTo());
  }

  @Test
  void firstOfSeveralKubeconfigsThatNamesOneCounts() throws IOException {
    var first = Files.writeString(home.resolve("first"), "kind: Config\n");
    var second = Files.writeString(home.resolve("second"), "current-context: test\n");
    var third = Files.writeString(home.resolve("third"), "current-context: dev\n");
    var files = "%s::%s:%s:%s".formatted(home.resolve("none"), first, second, third);

    assertEquals("test", talkedTo(files));
    assertEquals("dev", talkedTo(third.toString()));
  }

  @Test
  void commandsAboutClustersAreNotLedByAContext() throws IOException {
    kubeconfig("current-context: dev\n");
    assertEquals("jkube", ClusterName.of(words("delete"), Map.of("HOME", home.toString())));
  }

  private String talkedTo() {
    return ClusterName.talkedTo(words("get"), Map.of("HOME", home.toString()));
  }

  private String talkedTo(String kubeconfigs) {
    var environment = new HashMap<>(Map.of("HOME", home.toString()));
    environment.put("KUBECONFIG", kubeconfigs);
    return ClusterName.talkedTo(words("get"), environment);
  }

  private void kubeconfig(String text) throws IOException {
    Files.createDirectories(home.resolve(".kube"));
    Files.writeString(home.resolve(".kube/config"), text);
  }

  private static String[] words(String... words) {
    return words;
  }
}
