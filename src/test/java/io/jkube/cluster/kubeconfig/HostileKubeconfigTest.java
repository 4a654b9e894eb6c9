package io.jkube.cluster.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Hostile;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.YAMLException;

/** A person's kubeconfig, whatever an editor left of it. */
final class HostileKubeconfigTest {
  /** SnakeYAML fails at the comment; kubectl reads the file. */
  @Test
  void aCommentBetweenBracketsIsNoObstacle() {
    var document = KubeconfigDocument.parse("users: [ # ours\n {name: a}]\ncurrent-context: a\n");
    assertEquals("a", document.currentContext());
    assertTrue(document.text().contains("name: a"));
  }

  @Test
  void readOrRefused() {
    new Hostile(6443)
        .text(
            """
            apiVersion: v1
            clusters:
            - cluster: {server: "https://a", extensions: [{name: jkube, extension: {a: b}}]}
              name: jkube # ours
            contexts: [{name: jkube, context: {cluster: jkube, user: &u jkube, namespace: n}}]
            current-context: jkube
            users: [{name: *u, user: {token: 'x'}}]
            """,
            text -> {
              var document = KubeconfigDocument.parse(text);
              document.currentContext();
              document.isForeign("jkube");
              document.remove("jkube");
              document.text();
            },
            YAMLException.class);
  }
}
