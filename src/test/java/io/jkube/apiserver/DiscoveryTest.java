package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server tells of itself. */
final class DiscoveryTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void groupsVersionsAndResources() {
    assertEquals("v1", server.get("/api").at("/versions/0").asText());
    assertEquals(
        "apiregistration.k8s.io/v1",
        server.get("/apis").at("/groups/0/preferredVersion/groupVersion").asText());
    assertEquals("APIGroup", server.get("/apis/coordination.k8s.io").get("kind").asText());
    var names = new ArrayList<String>();
    server.get("/api/v1").get("resources").forEach(entry -> names.add(entry.get("name").asText()));
    assertTrue(names.containsAll(List.of("pods", "pods/status", "pods/binding", "namespaces")));
    assertEquals(404, server.ask("GET", "/apis/none.example.com/v1", "", Body.NONE).code());
  }

  @Test
  void everyGroupHasAPreferredVersionWithItsResources() {
    for (var group : server.get("/apis").get("groups")) {
      var preferred = group.at("/preferredVersion/groupVersion").asText();
      var versions = new ArrayList<String>();
      for (var version : group.get("versions")) {
        var groupVersion = version.get("groupVersion").asText();
        versions.add(groupVersion);
        assertEquals(
            group.get("name").asText() + "/" + version.get("version").asText(), groupVersion);
        var resources = server.get("/apis/" + groupVersion);
        assertEquals(groupVersion, resources.get("groupVersion").asText());
        assertFalse(resources.get("resources").isEmpty(), groupVersion);
      }
      assertTrue(versions.contains(preferred), preferred);
    }
  }

  @Test
  void theVersionIsMadeOfNumbers() {
    var version = server.get("/version");
    assertEquals("1", version.get("major").asText());
    assertEquals("35", version.get("minor").asText());
  }

  @Test
  void aReviewIsNoTable() {
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    var path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    var review = "{'spec':{'resourceAttributes':{'verb':'list','resource':'pods'}}}";
    assertEquals(406, failure(() -> server.post(path, review)).code());
    server.accept = "text/plain";
    assertEquals(406, failure(() -> server.configMap("a", "x")).code());
    server.accept = "application/json";
    assertEquals(404, failure(() -> server.get("/api/v1/namespaces/default/configmaps/a")).code());
  }

  @Test
  void everythingInOneDocument() {
    server.accept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    var reply = assertInstanceOf(Reply.Text.class, server.ask("GET", "/api", "", Body.NONE));
    assertEquals(
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
        reply.contentType());
    var document = Json.parse(reply.bytes());
    assertEquals("APIGroupDiscoveryList", document.get("kind").asText());
    var resources = document.at("/items/0/versions/0/resources");
    assertEquals("bindings", resources.at("/0/resource").asText());
    assertEquals("Namespaced", resources.at("/0/scope").asText());
    assertEquals(
        "apiregistration.k8s.io", server.get("/apis").at("/items/0/metadata/name").asText());
  }

  @Test
  void versionHealthAndMetrics() {
    assertEquals("v1.35.0+jkube.0.1.0", server.get("/version").get("gitVersion").asText());
    assertEquals("ok", text("/livez"));
    assertEquals("ok", text("/readyz/etcd"));
    assertTrue(text("/readyz?verbose").endsWith("[+]watch-caches ok\nreadyz check passed\n"));
    server.get("/api/v1/pods");
    var metrics = text("/metrics");
    assertTrue(
        metrics.contains(
            "apiserver_request_total{verb=\"LIST\",group=\"\",version=\"v1\",resource=\"pods\","
                + "subresource=\"\",code=\"200\"} 1\n"),
        metrics);
  }

  @Test
  void componentsTellHowTheyAre() {
    var path = "/api/v1/componentstatuses";
    assertEquals("ComponentStatusList", server.get(path).get("kind").asText());
    assertEquals("True", server.get(path + "/etcd-0").at("/conditions/0/status").asText());
    assertEquals(404, server.ask("GET", path + "/scheduler", "", Body.NONE).code());
    assertEquals(405, server.ask("GET", path + "?watch=true", "", Body.NONE).code());
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    assertEquals(
        "[\"etcd-0\",\"Healthy\",\"ok\",\"\"]", server.get(path).at("/rows/0/cells").toString());
  }

  @Test
  void openApiIsIndexedAndTagged() {
    var index = server.get("/openapi/v3");
    var url = index.at("/paths/api~1v1/serverRelativeURL").asText();
    assertTrue(url.startsWith("/openapi/v3/api/v1?hash="), url);
    assertTrue(server.get(url).has("paths"));
  }

  private String text(String path) {
    var reply = assertInstanceOf(Reply.Text.class, server.ask("GET", path, "", Body.NONE));
    return new String(reply.bytes());
  }
}
