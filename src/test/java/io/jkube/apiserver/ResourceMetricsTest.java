package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.subresource.KubeletConnection;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** metrics.k8s.io, and what kubelets say of their nodes. */
final class ResourceMetricsTest {
  private static final String METRICS = "/apis/metrics.k8s.io/v1beta1";
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private final List<String> uids = new ArrayList<>();
  private final TestServer server = new TestServer(new OneNode());

  @BeforeEach
  void start() {
    for (var node : List.of("n", "silent")) {
      server.post("/api/v1/nodes", "{'metadata':{'name':'" + node + "','labels':{'on':'x'}}}");
    }
    for (var pod : List.of("web", "other")) {
      var made =
          server.post(
              PODS,
              "{'metadata':{'name':'"
                  + pod
                  + "','labels':{'app':'"
                  + pod
                  + "'}},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'}]}}");
      uids.add(made.at("/metadata/uid").asText());
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** A kubelet that tells of all pods there are. */
  private final class OneNode implements KubeletConnection {
    @Override
    public InputStream containerLogs(
        String node, String ns, String pod, String container, Map<String, List<String>> query) {
      return new ByteArrayInputStream((pod + "/" + container).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Page page(String node, String path) {
      if (!node.equals("n") || !path.equals("/stats/summary")) {
        throw new ApiException(StatusReason.NOT_FOUND, "404 page not found");
      }
      var summary =
          TestServer.json(
              "{'node':{'nodeName':'n','windowSeconds':15,'cpu':{'time':'2026-01-01T00:00:00Z',"
                  + "'usageNanoCores':1500000000},'memory':{'workingSetBytes':2097152}}}");
      var pods = summary.putArray("pods");
      for (var uid : uids) {
        var entry = pods.addObject();
        entry.putObject("podRef").put("uid", uid);
        entry
            .putArray("containers")
            .add(
                TestServer.json(
                    "{'name':'c','cpu':{'usageNanoCores':250},'memory':{'workingSetBytes':4096}}"));
      }
      return new Page("application/json", Json.bytes(summary));
    }
  }

  @Test
  void podsAndNodesTellWhatTheyUse() {
    var pods = server.get(METRICS + "/namespaces/default/pods?labelSelector=app=web");
    assertEquals("PodMetricsList", pods.path("kind").asText());
    assertEquals(List.of("web"), TestServer.names(pods));
    assertEquals("250n", pods.at("/items/0/containers/0/usage/cpu").asText());
    assertEquals("4Ki", pods.at("/items/0/containers/0/usage/memory").asText());
    assertEquals("15s", pods.at("/items/0/window").asText());
    assertEquals("web", pods.at("/items/0/metadata/labels/app").asText());
    assertEquals(2, server.get(METRICS + "/pods").path("items").size());
    var nodes = server.get(METRICS + "/nodes");
    assertEquals(List.of("n"), TestServer.names(nodes));
    assertEquals("1500000000n", nodes.at("/items/0/usage/cpu").asText());
    assertEquals("2048Ki", server.get(METRICS + "/nodes/n").at("/usage/memory").asText());
    assertEquals(
        "c",
        server.get(METRICS + "/namespaces/default/pods/web").at("/containers/0/name").asText());
    assertTrue(server.isMissing(METRICS + "/nodes/silent"));
    assertTrue(server.isMissing(METRICS + "/namespaces/default/pods/none"));
    assertTrue(server.isMissing(METRICS + "/things"));
    assertEquals(405, server.ask("DELETE", METRICS + "/nodes/n", "", Body.NONE).code());
  }

  @Test
  void theyAreShownAsATable() {
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    var cells = server.get(METRICS + "/pods").at("/rows/0/cells");
    assertEquals("250n", cells.get(1).asText());
    assertEquals("4Ki", cells.get(2).asText());
  }

  @Test
  void discoveryTellsOfThem() {
    assertEquals("v1beta1", server.get("/apis/metrics.k8s.io").at("/versions/0/version").asText());
    assertEquals("NodeMetrics", server.get(METRICS).at("/resources/0/kind").asText());
  }

  @Test
  void aKubeletIsReachedThroughItsNode() {
    var node = server.get("/api/v1/nodes/n");
    node.withObject("/status/daemonEndpoints/kubeletEndpoint").put("Port", 10250);
    server.put("/api/v1/nodes/n/status", node);
    for (var name : List.of("n", "n:10250", "https:n:10250")) {
      var summary = server.get("/api/v1/nodes/" + name + "/proxy/stats/summary");
      assertEquals("n", summary.at("/node/nodeName").asText());
    }
    assertTrue(server.isMissing("/api/v1/nodes/n/proxy/nothing"));
    assertTrue(server.isMissing("/api/v1/nodes/none/proxy/stats/summary"));
    var logs =
        server.ask("GET", "/api/v1/nodes/n/proxy/containerLogs/default/web/c", "", Body.NONE);
    assertEquals(Reply.Stream.class, logs.getClass());
    assertEquals(405, server.ask("POST", "/api/v1/nodes/n/proxy/run/x", "", Body.NONE).code());
  }
}
