package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Custom resources whose versions differ, between which a webhook converts. */
@Timeout(30)
final class ConversionWebhookTest {
  private static final String V1 = "/apis/example.com/v1/namespaces/default/hosts";
  private static final String V2 = "/apis/example.com/v2/namespaces/default/hosts";
  private static final String DEFINITION = TestCrds.PATH + "/hosts.example.com";

  @TempDir Path folder;
  private TestWebhook webhook;
  private final TestServer server = new TestServer();

  @BeforeEach
  void define() throws Exception {
    webhook = new TestWebhook(new TestKeys(folder));
    webhook.on("/convert", ConversionWebhookTest::convert);
    TestCrds.create(
        server,
        "{'metadata':{'name':'hosts.example.com'},'spec':{'group':'example.com','scope':"
            + "'Namespaced','names':{'plural':'hosts','kind':'Host'},'conversion':{'strategy':"
            + "'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':"
            + webhook.at("/convert")
            + "}},'versions':[{'name':'v1','served':true,'storage':true,"
            + "'selectableFields':[{'jsonPath':'.hostPort'}],"
            + schema("'hostPort':{'type':'string'}")
            + "},{'name':'v2','served':true,'storage':false,"
            + "'selectableFields':[{'jsonPath':'.host'}],"
            + schema("'host':{'type':'string'},'port':{'type':'string'}")
            + "}]}}");
  }

  private static String schema(String properties) {
    return "'schema':{'openAPIV3Schema':{'type':'object','properties':{" + properties + "}}}";
  }

  @AfterEach
  void close() {
    server.close();
    webhook.close();
  }

  /** {@code hostPort: a:1} in v1 is {@code host: a, port: 1} in v2. */
  private static ObjectNode convert(ObjectNode request) {
    var response = Json.object();
    var wanted = request.path("desiredAPIVersion").asText();
    var converted = response.putArray("convertedObjects");
    for (var each : request.path("objects")) {
      var object = ((ObjectNode) each.deepCopy()).put("apiVersion", wanted);
      if (wanted.endsWith("/v2")) {
        var parts = object.remove("hostPort").asText().split(":");
        object.put("host", parts[0]).put("port", parts[1]);
      } else {
        object.put(
            "hostPort", object.remove("host").asText() + ":" + object.remove("port").asText());
      }
      object.withObject("/metadata").put("uid", "changed").putObject("labels").put("via", wanted);
      converted.add(object);
    }
    response.putObject("result").put("status", "Success");
    return response;
  }

  private void first() {
    server.post(
        V1,
        "{'apiVersion':'example.com/v1','kind':'Host','metadata':{'name':'a'},"
            + "'hostPort':'x:80'}");
  }

  private void second() {
    server.post(
        V2,
        "{'apiVersion':'example.com/v2','kind':'Host','metadata':{'name':'b'},'host':'y',"
            + "'port':'81'}");
  }

  @Test
  void everyVersionReadsWhatAnyWrote() {
    first();
    second();
    assertEquals("x", server.get(V2 + "/a").path("host").asText());
    assertEquals("y:81", server.get(V1 + "/b").path("hostPort").asText());
    var one = server.get(V1 + "/a");
    var other = server.get(V2 + "/a");
    assertEquals(one.at("/metadata/uid"), other.at("/metadata/uid"));
    assertEquals("example.com/v2", other.at("/metadata/labels/via").asText());
    assertEquals(List.of("a"), names(server.get(V2 + "?fieldSelector=host%3Dx")));
  }

  @Test
  void whatIsStoredInSeveralVersionsIsListedInOne() {
    first();
    var crd = server.get(DEFINITION).deepCopy();
    crd.withObject("/spec/versions/0").put("storage", false);
    crd.withObject("/spec/versions/1").put("storage", true);
    server.put(DEFINITION, crd);
    assertEquals("v2", server.get(DEFINITION).at("/status/storedVersions/1").asText());
    second();
    var items = server.get(V2).path("items");
    assertEquals("x", items.get(0).path("host").asText());
    assertEquals("y", items.get(1).path("host").asText());
  }

  @Test
  void watchesSeeTheirVersion() throws InterruptedException {
    try (var feed = server.watch(V2 + "?watch=1&fieldSelector=host%3Dx")) {
      second();
      first();
      var event = feed.next().getFirst();
      assertEquals("ADDED", event.type());
      assertEquals("80", event.object().path("port").asText());
    }
  }

  @Test
  void aWebhookThatCannotConvertIsNamed() {
    first();
    webhook.on(
        "/convert",
        request -> {
          var response = Json.object();
          response.putObject("result").put("status", "Failure").put("message", "no way");
          return response;
        });
    var refused = failure(() -> server.get(V2 + "/a"));
    assertEquals(StatusReason.INTERNAL_ERROR, refused.reason());
    assertTrue(
        refused
            .getMessage()
            .endsWith("conversion webhook for example.com/v1, Kind=Host failed: no way"),
        refused.getMessage());
    assertEquals("x:80", server.get(V1 + "/a").path("hostPort").asText());
  }
}
