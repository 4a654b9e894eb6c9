package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import io.jkube.testing.Await;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups that another server serves. */
@Timeout(60)
final class AggregationTest {
  private static final String API_SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
  private static final String API_SERVICE = API_SERVICES + "/v1.example.com";
  private static final String THINGS = "/apis/example.com/v1/namespaces/default/things";
  private static final String SERVICES = "/api/v1/namespaces/default/services";

  @TempDir static Path folder;
  private static TestKeys keys;
  private TestServer state;
  private ExtensionServer extension;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new TestKeys(folder);
  }

  @BeforeEach
  void start() throws Exception {
    extension = new ExtensionServer(keys.server());
    state = new TestServer();
    state.chain.aggregate(keys.keyManagers("client"));
  }

  @AfterEach
  void stop() throws Exception {
    state.close();
    extension.close();
  }

  private void register(String trust) {
    state.post(
        API_SERVICES,
        "{'metadata':{'name':'v1.example.com'},'spec':{'group':'example.com','version':'v1',"
            + "'groupPriorityMinimum':2000,'versionPriority':10,"
            + trust
            + ",'service':{'namespace':'default','name':'hook','port':"
            + extension.port()
            + "}}}");
  }

  private void serve() throws Exception {
    state.post(
        SERVICES,
        "{'metadata':{'name':'hook'},'spec':{'type':'ExternalName','externalName':'localhost'}}");
    register("'caBundle':'" + keys.bundle("server") + "'");
    awaitReason("Passed");
  }

  private JsonNode awaitReason(String reason) throws Exception {
    Await.until(() -> condition().path("reason").asText().equals(reason));
    return condition();
  }

  private JsonNode condition() {
    return state.get(API_SERVICE).at("/status/conditions/0");
  }

  private String heard(String method, String path, Body body) throws Exception {
    var reply = (Reply.Proxied) state.ask(method, path, "application/json", body);
    assertEquals(202, reply.code());
    try (var bytes = reply.bytes()) {
      return Json.parse(bytes.readAllBytes()).path("heard").asText();
    }
  }

  @Test
  void requestsReachTheServerUnderTheNameOfTheirUser() throws Exception {
    serve();
    var tree = TestServer.json("{'kind':'Thing','metadata':{'name':'a'}}");
    var heard = heard("POST", THINGS + "?dryRun=All", new Body.Tree(tree));
    assertTrue(heard.startsWith("POST " + THINGS + "?dryRun=All HTTP/1.1\n"), heard);
    assertTrue(heard.contains("\nX-Remote-User: alice\n"), heard);
    assertTrue(heard.contains("\nX-Remote-Group: dev\n"), heard);
    assertTrue(heard.contains("\nX-Remote-Group: system:authenticated\n"), heard);
    assertTrue(heard.contains("\nHost: hook.default.svc\n"), heard);
    assertTrue(heard.endsWith(tree.toString()), heard);
    assertTrue(extension.heard.getLast().startsWith("CN=alice"), extension.heard.getLast());
  }

  @Test
  void whoMayNotIsRefusedHere() throws Exception {
    try (var guarded = TestServer.guarded(java.time.InstantSource.system())) {
      guarded.chain.aggregate(null);
      guarded.post(
          SERVICES,
          "{'metadata':{'name':'hook'},'spec':{'type':'ExternalName','externalName':'localhost'}}");
      guarded.post(
          API_SERVICES,
          "{'metadata':{'name':'v1.example.com'},'spec':{'group':'example.com','version':'v1',"
              + "'groupPriorityMinimum':2000,'versionPriority':10,'insecureSkipTLSVerify':true,"
              + "'service':{'namespace':'default','name':'hook','port':"
              + extension.port()
              + "}}}");
      Await.until(
          () -> guarded.get(API_SERVICE).at("/status/conditions/0/status").asText().equals("True"));
      int before = extension.heard.size();
      guarded.as("eve");
      assertEquals(403, guarded.ask("GET", THINGS, "", Body.NONE).code());
      assertEquals(before, extension.heard.size());
    }
  }

  @Test
  void overHttpWatchesStreamAndUpgradesGoThrough() throws Exception {
    serve();
    var server =
        ApiServer.start(
            new ListenSettings("127.0.0.1", 0, true, keys.server(), folder.resolve("s"), 0));
    try (server;
        var http = HttpClient.newHttpClient()) {
      server.serve(state.chain);
      var root = "http://127.0.0.1:" + server.insecurePort();
      var body = "no object ".repeat(100_000);
      var posted =
          http.send(
              HttpRequest.newBuilder(URI.create(root + THINGS))
                  .header("X-Remote-User", "root")
                  .header("X-Remote-Group", "system:masters")
                  .header("Authorization", "Bearer secret")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertTrue(posted.body().contains(body));
      assertFalse(posted.body().contains("secret"));
      assertFalse(posted.body().contains("X-Remote-User: root"));
      assertFalse(posted.body().contains("X-Remote-Group: dev"), "a client's own header");
      HttpResponse<java.io.InputStream> watch =
          http.send(
              HttpRequest.newBuilder(URI.create(root + THINGS + "?watch=1")).build(),
              BodyHandlers.ofInputStream());
      try (var lines = new BufferedReader(new InputStreamReader(watch.body()))) {
        assertTrue(lines.readLine().contains("\"a\""));
        extension.moreEvents.countDown();
        assertTrue(lines.readLine().contains("\"b\""));
      }
      assertEquals("HEY you", shouted(server.insecurePort()));
    }
  }

  private static String shouted(int port) throws Exception {
    try (var socket = new Socket("127.0.0.1", port)) {
      var asked =
          "GET "
              + THINGS
              + "/a/exec HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
              + "Upgrade: shout\r\n\r\nyou";
      socket.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
      var answer = new StringBuilder();
      while (!answer.toString().endsWith("HEY you")) {
        int next = socket.getInputStream().read();
        assertTrue(next >= 0, answer::toString);
        answer.append((char) next);
      }
      assertTrue(answer.toString().startsWith("HTTP/1.1 101 "), answer::toString);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  @Test
  void discoveryTellsOfThem() throws Exception {
    serve();
    var groups = new ArrayList<String>();
    state.get("/apis").path("groups").forEach(group -> groups.add(group.path("name").asText()));
    assertEquals(
        List.of("example.com", "metrics.k8s.io"), groups.subList(groups.size() - 2, groups.size()));
    assertEquals("v1", state.get("/apis/example.com").at("/preferredVersion/version").asText());
    assertEquals("Current", aggregated("example.com").path("freshness").asText());
    assertEquals("th", aggregated("example.com").at("/resources/0/shortNames/0").asText());
    assertEquals(
        "status", aggregated("example.com").at("/resources/0/subresources/0/subresource").asText());
    extension.broken = true;
    state.post(
        SERVICES,
        "{'metadata':{'name':'wakes'},'spec':{'type':'ExternalName','externalName':'localhost'}}");
    state.patch(API_SERVICE, "application/merge-patch+json", "{'spec':{'versionPriority':11}}");
    awaitReason("FailedDiscoveryCheck");
    assertEquals("Stale", aggregated("example.com").path("freshness").asText());
    assertEquals(503, state.ask("GET", THINGS, "", Body.NONE).code());
    extension.broken = false;
    awaitReason("Passed");
    state.delete(API_SERVICE);
    Await.until(() -> state.isMissing("/apis/example.com"));
  }

  private JsonNode aggregated(String group) {
    state.accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    var document = state.get("/apis");
    state.accept = "application/json";
    for (var item : document.path("items")) {
      if (item.at("/metadata/name").asText().equals(group)) {
        return item.at("/versions/0");
      }
    }
    throw new AssertionError("no group " + group);
  }

  @Test
  void itsDocumentsStandBesideOurs() throws Exception {
    serve();
    assertEquals(
        "/openapi/v3/apis/example.com/v1?hash=ABC",
        state
            .get("/openapi/v3")
            .path("paths")
            .path("apis/example.com/v1")
            .path("serverRelativeURL")
            .asText());
    var reply = (Reply.Proxied) state.ask("GET", "/openapi/v3/apis/example.com/v1", "", Body.NONE);
    try (var bytes = reply.bytes()) {
      assertEquals("things", Json.parse(bytes.readAllBytes()).at("/info/title").asText());
    }
    var v2 = state.get("/openapi/v2");
    assertTrue(v2.path("paths").has("/apis/example.com/v1/things"));
    assertTrue(v2.path("paths").has("/api/v1/namespaces/{namespace}/pods"));
    assertTrue(v2.path("definitions").has("com.example.Thing"));
  }

  @Test
  void itsConditionSaysWhatIsMissing() throws Exception {
    register("'insecureSkipTLSVerify':true");
    assertEquals(
        "service/hook in \"default\" is not present",
        awaitReason("ServiceNotFound").path("message").asText());
    assertEquals(503, state.ask("GET", THINGS, "", Body.NONE).code());
    state.post(SERVICES, "{'metadata':{'name':'hook'},'spec':{'ports':[{'name':'a','port':1}]}}");
    assertEquals(
        "service/hook in \"default\" is not listening on port " + extension.port(),
        awaitReason("ServicePortError").path("message").asText());
    var ports = "{'spec':{'ports':[{'name':'a','port':" + extension.port() + "}]}}";
    state.patch(SERVICES + "/hook", "application/merge-patch+json", ports);
    awaitReason("EndpointsNotFound");
    slice("false");
    assertEquals(
        "endpointslices for service/hook in \"default\" have no addresses with port name \"a\"",
        awaitReason("MissingEndpoints").path("message").asText());
  }

  private void slice(String ready) {
    state.post(
        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
        "{'metadata':{'name':'hook-1','labels':{'kubernetes.io/service-name':'hook'}},"
            + "'addressType':'IPv4','ports':[{'name':'a','port':1}],'endpoints':["
            + "{'addresses':['10.1.1.1'],'conditions':{'ready':"
            + ready
            + "}}]}");
  }

  @Test
  void anUntrustedServerIsNotSpokenTo() throws Exception {
    state.post(
        SERVICES,
        "{'metadata':{'name':'hook'},'spec':{'type':'ExternalName','externalName':'localhost'}}");
    register("'caBundle':'" + keys.bundle("client") + "'");
    awaitReason("Passed");
    int before = extension.heard.size();
    var failed = state.ask("GET", THINGS, "", Body.NONE);
    assertEquals(503, failed.code());
    assertEquals(before, extension.heard.size());
  }

  @Test
  void whatIsServedHereHasApiServicesOfItsOwn() throws Exception {
    Await.until(() -> !state.isMissing(API_SERVICES + "/v1.apps"));
    var apps = state.get(API_SERVICES + "/v1.apps");
    assertEquals(17_800, apps.at("/spec/groupPriorityMinimum").asInt());
    assertEquals("Local", apps.at("/status/conditions/0/reason").asText());
    assertEquals(
        "onstart", apps.at("/metadata/labels/kube-aggregator.kubernetes.io~1automanaged").asText());
    Await.until(() -> names().contains("v1."));
    var crd = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    state.post(crd, definition());
    Await.until(() -> names().contains("v1.shop.example.com"));
    state.delete(API_SERVICES + "/v1.shop.example.com");
    Await.until(() -> names().contains("v1.shop.example.com"));
    state.delete(crd + "/cups.shop.example.com");
    Await.until(() -> !names().contains("v1.shop.example.com"));
  }

  private List<String> names() {
    return TestServer.names(state.get(API_SERVICES));
  }

  private static String definition() {
    return "{'metadata':{'name':'cups.shop.example.com'},'spec':{'group':'shop.example.com',"
        + "'scope':'Namespaced','names':{'plural':'cups','singular':'cup','kind':'Cup'},"
        + "'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':"
        + "{'type':'object'}}}]}}";
  }

  @Test
  void whatOthersMadeStaysTheirs() throws Exception {
    Await.until(() -> !state.isMissing(API_SERVICES + "/v1.apps"));
    ObjectNode own =
        state.post(
            API_SERVICES,
            "{'metadata':{'name':'v9.mine.example.com'},'spec':{'group':'mine.example.com',"
                + "'version':'v9','groupPriorityMinimum':5,'versionPriority':5}}");
    assertEquals("Local", own.at("/status/conditions/0/reason").asText());
    state.patch(
        API_SERVICES + "/v1.apps",
        "application/merge-patch+json",
        "{'spec':{'versionPriority':7}}");
    serve();
    assertFalse(state.isMissing(API_SERVICES + "/v9.mine.example.com"));
    assertEquals(7, state.get(API_SERVICES + "/v1.apps").at("/spec/versionPriority").asInt());
  }
}
