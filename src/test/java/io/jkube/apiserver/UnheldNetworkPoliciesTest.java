package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UnheldNetworkPoliciesTest {
  private final TestServer server = new TestServer();

  @Test
  void whoWritesAPolicyThatNothingHoldsIsTold() {
    assertEquals(List.of(), warnings("a"));
    server.policyObstacle = Optional.of("not root");
    assertEquals(
        List.of("network policies are stored, but not enforced here: not root"), warnings("b"));
  }

  private List<String> warnings(String name) {
    var policy =
        TestServer.json(
            "{'apiVersion':'networking.k8s.io/v1','kind':'NetworkPolicy','metadata':{'name':'"
                + name
                + "'},'spec':{'podSelector':{}}}");
    var reply =
        server.ask(
            "POST",
            "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
            "application/json",
            new Body.Tree(policy));
    return assertInstanceOf(Reply.Found.class, reply).warnings();
  }
}
