package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a RuntimeClass does to pods. */
@Timeout(20)
final class RuntimeClassTest {
  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectNode pod(String spec) {
    return server.post(
        "/api/v1/namespaces/default/pods",
        "{'metadata':{'generateName':'p'},'spec':{'containers':[{'name':'c','image':'i'}],%s}}"
            .formatted(spec));
  }

  @Test
  void aPodGetsTheOverheadAndTheNodesOfItsClass() {
    server.post(
        CLASSES,
        "{'metadata':{'name':'heavy'},'handler':'h','overhead':{'podFixed':{'cpu':'250m'}},'scheduling':{'nodeSelector':{'disk':'ssd'},'tolerations':[{'key':'k','operator':'Exists'}]}}");
    var pod = pod("'runtimeClassName':'heavy'");
    assertEquals("250m", pod.at("/spec/overhead/cpu").asText());
    assertEquals("ssd", pod.at("/spec/nodeSelector/disk").asText());
    assertEquals("k", pod.at("/spec/tolerations").get(2).path("key").asText());
    pod("'runtimeClassName':'heavy','overhead':{'cpu':'0.25'}");
    failure(() -> pod("'runtimeClassName':'heavy','overhead':{'cpu':'1'}"));
    failure(() -> pod("'runtimeClassName':'heavy','nodeSelector':{'disk':'tape'}"));
  }

  @Test
  void aClassWithoutOverheadGivesNone() {
    server.post(CLASSES, "{'metadata':{'name':'light'},'handler':'l'}");
    assertFalse(pod("'runtimeClassName':'light'").path("spec").has("overhead"));
  }

  @Test
  void aPodOfAClassThatIsNotThereIsRefused() {
    server.post(CLASSES, "{'metadata':{'name':'light'},'handler':'l'}");
    pod("'runtimeClassName':'light'");
    server.delete(CLASSES + "/light");
    var refused = failure(() -> pod("'runtimeClassName':'light'"));
    assertEquals(
        "pod rejected: RuntimeClass \"light\" not found",
        refused.getMessage().replaceFirst("^pods \"p.*\" is forbidden: ", ""));
  }
}
