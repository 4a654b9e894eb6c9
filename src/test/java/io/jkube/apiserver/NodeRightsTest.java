package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a kubelet may do for its own pods, and must not do to those of others. */
@Timeout(20)
final class NodeRightsTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";

  private final TestServer server = TestServer.guarded(InstantSource.system());

  @BeforeEach
  void twoNodesWithAPodEach() {
    server.post("/api/v1/namespaces", "{'metadata':{'name':'kube-node-lease'}}");
    for (var node : new String[] {"a", "b"}) {
      server.post("/api/v1/nodes", "{'metadata':{'name':'" + node + "'}}");
      server.post(SECRETS, "{'metadata':{'name':'of-" + node + "'}}");
      server.post(
          "/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'of-" + node + "'}}");
      server.post(
          PODS,
          ("{'metadata':{'name':'on-%s'},'spec':{'nodeName':'%s','serviceAccountName':'of-%s',"
                  + "'containers':[{'name':'c','image':'i','envFrom':[{'secretRef':{'name':'of-%s'}}]"
                  + "}]}}")
              .formatted(node, node, node, node));
    }
    server.as("system:node:a", "system:nodes");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String answer(String method, String path, String body) {
    var reply =
        server.ask(
            method,
            path,
            method.equals("PATCH") ? "application/merge-patch+json" : "application/json",
            body.isEmpty() ? Body.NONE : new Body.Encoded(body.replace('\'', '"').getBytes()));
    return reply instanceof Reply.Failed failed
        ? failed.code() + " " + failed.failure().getMessage()
        : Integer.toString(reply.code());
  }

  @Test
  void readsTheSecretsOfItsOwnPodsOnly() {
    assertEquals("200", answer("GET", SECRETS + "/of-a", ""));
    assertEquals(
        "403 secrets \"of-b\" is forbidden: User \"system:node:a\" cannot get resource \"secrets\""
            + " in API group \"\" in the namespace \"default\": no relationship found between node"
            + " 'a' and this object",
        answer("GET", SECRETS + "/of-b", ""));
    assertTrue(answer("GET", SECRETS, "").contains("No Object name found"));
    assertTrue(answer("GET", "/api/v1/secrets", "").startsWith("403"));
    assertTrue(answer("DELETE", SECRETS + "/of-a", "").startsWith("403"));
    assertTrue(answer("PATCH", SECRETS + "/of-a", "{}").startsWith("403"));
  }

  @Test
  void seesItsOwnPodsOnly() {
    assertEquals("200", answer("GET", PODS + "/on-a", ""));
    assertTrue(answer("GET", PODS + "/on-b", "").startsWith("403"));
    assertEquals("200", answer("GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Da", ""));
    assertTrue(answer("GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Db", "").startsWith("403"));
    assertTrue(
        answer("GET", "/api/v1/pods?fieldSelector=spec.nodeName%21%3Db", "").startsWith("403"));
    assertTrue(answer("GET", "/api/v1/pods", "").startsWith("403"));
  }

  @Test
  void writesTheStatusOfItsOwnPodsOnly() {
    var running = "{'status':{'phase':'Running'}}";
    assertEquals("200", answer("PATCH", PODS + "/on-a/status", running));
    assertEquals(
        "403 pods \"on-b\" is forbidden: node \"a\" can only update pod status for pods with"
            + " spec.nodeName set to itself",
        answer("PATCH", PODS + "/on-b/status", running));
    assertTrue(
        answer("PATCH", PODS + "/on-a/status", "{'metadata':{'labels':{'x':'y'}}}")
            .contains("cannot update labels through pod status"));
    assertTrue(answer("PATCH", PODS + "/on-a", "{'spec':{}}").startsWith("403"));
  }

  @Test
  void deletesAndEvictsItsOwnPodsOnly() {
    assertTrue(
        answer("DELETE", PODS + "/on-b", "")
            .contains("node \"a\" can only delete pods with spec.nodeName set to itself"));
    assertTrue(answer("POST", PODS + "/on-b/eviction", "{}").startsWith("403"));
    assertTrue(answer("DELETE", PODS, "").startsWith("403"));
    assertEquals("200", answer("DELETE", PODS + "/on-a", ""));
  }

  @Test
  void makesMirrorPodsOnly() {
    var pod =
        "{'metadata':{'name':'m'},'spec':{'nodeName':'a','containers':"
            + "[{'name':'c','image':'i'}]}}";
    assertTrue(answer("POST", PODS, pod).contains("can only create mirror pods"));
  }

  @Test
  void isItsOwnNodeOnly() {
    assertEquals("200", answer("GET", "/api/v1/nodes/a", ""));
    assertTrue(
        answer("GET", "/api/v1/nodes/b", "").contains("cannot read 'b', only its own Node object"));
    assertTrue(answer("GET", "/api/v1/nodes", "").contains("cannot read all nodes"));
    var status = "{'status':{'conditions':[]}}";
    assertEquals("200", answer("PATCH", "/api/v1/nodes/a/status", status));
    assertTrue(
        answer("PATCH", "/api/v1/nodes/b/status", status)
            .contains("node \"a\" is not allowed to modify node \"b\""));
    assertTrue(
        answer(
                "PATCH",
                "/api/v1/nodes/a",
                "{'spec':{'taints':[{'key':'k','effect':'NoSchedule'}]}}")
            .contains("is not allowed to modify taints"));
    var label = "{'metadata':{'labels':{'%s':'x'}}}";
    assertTrue(
        answer("PATCH", "/api/v1/nodes/a", label.formatted("node-restriction.kubernetes.io/x"))
            .contains("is not allowed to modify labels: node-restriction.kubernetes.io/x"));
    assertTrue(
        answer("PATCH", "/api/v1/nodes/a", label.formatted("node-role.kubernetes.io/master"))
            .startsWith("403"));
    assertEquals("200", answer("PATCH", "/api/v1/nodes/a", label.formatted("example.com/x")));
    assertTrue(answer("DELETE", "/api/v1/nodes/a", "").startsWith("403"));
  }

  @Test
  void holdsItsOwnLeaseOnly() {
    var leases = "/apis/coordination.k8s.io/v1/namespaces/%s/leases";
    var lease = "{'metadata':{'name':'%s'}}";
    var own = leases.formatted("kube-node-lease");
    assertEquals("201", answer("POST", own, lease.formatted("a")));
    assertTrue(
        answer("POST", own, lease.formatted("b"))
            .contains("can only access node lease with the same name as the requesting node"));
    assertTrue(answer("POST", leases.formatted("default"), lease.formatted("a")).startsWith("403"));
    assertTrue(answer("GET", own + "/b", "").startsWith("403"));
  }

  @Test
  void getsTokensForItsOwnPodsOnly() {
    var accounts = "/api/v1/namespaces/default/serviceaccounts/of-%s/token";
    server.user = TestServer.MASTER;
    var uid = server.get(PODS + "/on-a").at("/metadata/uid").asText();
    server.as("system:node:a", "system:nodes");
    var bound =
        "{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'on-a','uid':'%s'}}}";
    assertEquals("201", answer("POST", accounts.formatted("a"), bound.formatted(uid)));
    assertTrue(answer("POST", accounts.formatted("a"), "{}").contains("token not bound to a pod"));
    assertTrue(
        answer("POST", accounts.formatted("a"), bound.formatted("")).contains("without a uid"));
    assertTrue(
        answer("POST", accounts.formatted("b"), bound.formatted(uid))
            .contains("no relationship found"));
  }

  @Test
  void anUnnamedMemberOfTheGroupIsNoNode() {
    server.as("system:node:", "system:nodes");
    assertEquals(403, failure(() -> server.get("/api/v1/nodes/a")).code());
    server.as("system:node:a", "users");
    assertEquals(403, failure(() -> server.get("/api/v1/nodes/a")).code());
  }

  @Test
  void tellsOfItsOwnDevicesOnly() {
    var slices = "/apis/resource.k8s.io/v1/resourceslices";
    var slice =
        "{'metadata':{'name':'s-%s'},'spec':{'driver':'gpu.example.com','nodeName':'%s',"
            + "'pool':{'name':'%s','generation':1,'resourceSliceCount':1}}}";
    assertEquals("201", answer("POST", slices, slice.formatted("a", "a", "a")));
    assertTrue(
        answer("POST", slices, slice.formatted("b", "b", "b"))
            .contains("can only create ResourceSlice with the same NodeName"));
    server.as("root", "system:masters");
    server.post(slices, slice.formatted("b", "b", "b"));
    server.as("system:node:a", "system:nodes");
    assertEquals("200", answer("GET", slices + "/s-a", ""));
    assertTrue(answer("GET", slices + "/s-b", "").startsWith("403"));
    assertTrue(answer("DELETE", slices + "/s-b", "").startsWith("403"));
    assertTrue(answer("GET", slices, "").startsWith("403"));
    assertEquals("200", answer("GET", slices + "?fieldSelector=spec.nodeName%3Da", ""));
    assertTrue(answer("DELETE", slices, "").startsWith("403"));
    assertEquals("200", answer("DELETE", slices + "?fieldSelector=spec.nodeName%3Da", ""));
  }
}
