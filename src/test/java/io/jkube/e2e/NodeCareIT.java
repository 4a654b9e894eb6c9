package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.UserMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kubelet keeps its machine usable: seen with kubectl, on a real engine. */
@Timeout(180)
final class NodeCareIT {
  private UserMachine user;

  @BeforeEach
  void open() throws Exception {
    user = UserMachine.open();
  }

  @AfterEach
  void close() throws Exception {
    user.close();
  }

  @Test
  void aMachineThatIsShortOfMemoryEndsPods() throws Exception {
    user.jkube("start", "--port", "0").expectSuccess();
    user.kubectl("run", "web", "--image=" + BusyboxImage.NAME, "--", "sleep", "3600")
        .expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s").expectSuccess();
    user.jkube("stop").expectSuccess();

    // More than any machine has left.
    user.jkube("start", "--eviction-hard", "memory.available<9999Ti").expectSuccess();
    user.kubectl("wait", "--for=jsonpath={.status.phase}=Failed", "pod/web", "--timeout=60s")
        .expectSuccess();
    assertEquals("Evicted", field("pod/web", ".status.reason"));
    var message = field("pod/web", ".status.message");
    assertTrue(
        message.startsWith("The node was low on resource: memory. Threshold quantity: 9999Ti,"),
        message);
    assertTrue(message.contains("Container web was using "), message);
    user.kubectl("wait", "--for=condition=MemoryPressure", "node", "--all", "--timeout=60s")
        .expectSuccess();
    user.await(
        "the taint of it",
        () ->
            field("node/" + user.cluster(), ".spec.taints[*].key")
                .contains("node.kubernetes.io/memory-pressure"));

    user.jkube("stop").expectSuccess();
    var wrong = user.jkube("start", "--eviction-hard", "memory<1Gi");
    assertTrue(wrong.stderr().contains("eviction-hard: no signal \"memory\""), wrong.stderr());
  }

  private String field(String object, String path) throws Exception {
    return user.kubectl("get", object, "-o", "jsonpath={" + path + "}").expectSuccess();
  }
}
