package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Body;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which fields of custom resources are taken, and how definitions themselves are kept. */
@Timeout(30)
final class CustomResourceFieldsTest {
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String THINGS = "/apis/example.com/v1/namespaces/default/things";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static String things(String schema) {
    return "{'metadata':{'name':'things.example.com','labels':{'set':'test'}},'spec':{'group':"
        + "'example.com','scope':'Namespaced','names':{'plural':'things','kind':'Thing'},"
        + "'versions':[{'name':'v1','served':true,'storage':true,'subresources':{'status':{}},"
        + "'schema':{'openAPIV3Schema':{'type':'object'"
        + schema
        + "}}}]}}";
  }

  private static String thing(String rest) {
    return "{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'a'}" + rest + "}";
  }

  private String refused(String method, String path, String type, String body) {
    var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return failure(() -> TestServer.tree(server.ask(method, path, type, new Body.Encoded(bytes))))
        .getMessage();
  }

  @Test
  void withoutASchemaEveryFieldIsTaken() {
    TestCrds.create(server, things(",'x-kubernetes-preserve-unknown-fields':true"));
    server.post(THINGS + "?fieldValidation=Strict", thing(",'spec':{'any':{'thing':1}}"));
    var applied =
        server.apply(
            THINGS + "/a?fieldManager=m&fieldValidation=Strict&force=true",
            thing(",'spec':{'any':{'other':2}}"));
    assertEquals(2, applied.at("/spec/any/other").asInt());
    assertEquals(1, applied.at("/spec/any/thing").asInt());
  }

  @Test
  void withOneOnlyItsFieldsAre() {
    TestCrds.create(
        server,
        things(
            ",'properties':{'spec':{'type':'object','properties':{'known':{'type':'string'}}}}"));
    server.post(THINGS + "?fieldValidation=Strict", thing(",'spec':{'known':'x'}"));
    server.apply(
        THINGS + "/a?fieldManager=m&fieldValidation=Strict&force=true",
        thing(",'spec':{'known':'y'}"));
    assertTrue(
        refused(
                "POST",
                THINGS + "?fieldValidation=Strict",
                "application/json",
                thing(",'spec':{'known':'x','extra':1}"))
            .contains("strict decoding error: unknown field \"spec.extra\""));
    assertTrue(
        refused(
                "PATCH",
                THINGS + "/a?fieldManager=m&fieldValidation=Strict",
                APPLY,
                thing(",'spec':{'extra':1}"))
            .contains(".spec.extra: field not declared in schema"));
  }

  @Test
  void whatStandsTwiceIsRefusedEvenWhereAnythingGoes() {
    TestCrds.create(
        server,
        things(
            ",'properties':{'spec':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}"));
    assertTrue(
        refused(
                "POST",
                THINGS + "?fieldValidation=Strict",
                "application/json",
                thing(",'spec':{'x':1,'x':2}"))
            .contains("strict decoding error: duplicate field \"spec.x\""));
  }

  @Test
  void metadataHasItsOwnFieldsInsideToo() {
    TestCrds.create(
        server,
        things(
            ",'properties':{'spec':{'type':'object','properties':{'template':{'type':'object',"
                + "'x-kubernetes-embedded-resource':true,"
                + "'x-kubernetes-preserve-unknown-fields':true}}}}"));
    var body =
        "{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'a','odd':1},'spec':"
            + "{'template':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','odder':1}}}}";
    var message = refused("POST", THINGS + "?fieldValidation=Strict", "application/json", body);
    assertTrue(message.contains("unknown field \"metadata.odd\""), message);
    assertTrue(message.contains("unknown field \"spec.template.metadata.odder\""), message);
    var made = server.post(THINGS, body);
    assertFalse(made.at("/spec/template/metadata").has("odder"));
    assertTrue(
        refused(
                "POST",
                THINGS,
                "application/json",
                thing(",'spec':{'template':{'kind':'Pod'}}").replace("'a'", "'b'"))
            .contains("spec.template.apiVersion: Required value: must not be empty"));
  }

  @Test
  void defaultsAndExpressionsMayBeWhatUpstreamTakes() {
    TestCrds.create(
        server,
        things(
            ",'properties':{'spec':{'type':'object','default':{},'required':['from'],'properties':{"
                + "'from':{'type':'string','default':'Same'},"
                + "'name':{'type':'string','pattern':'^[^[]+[[:digit:]]$'}}}}"));
    var made = server.post(THINGS, thing(""));
    assertEquals("Same", made.at("/spec/from").asText());
    server.post(THINGS, thing(",'spec':{'name':'x1'}").replace("'a'", "'b'"));
    assertTrue(
        refused(
                "POST",
                THINGS,
                "application/json",
                thing(",'spec':{'name':'[1'}").replace("'a'", "'c'"))
            .contains("spec.name in body should match"));
    assertTrue(
        refused(
                "POST",
                TestCrds.PATH,
                "application/json",
                TestCrds.widgets().replace("^[a-z]+$", "^[a-z+$"))
            .contains("must be a valid regular expression, but isn't"));
  }

  @Test
  void finalizersOfControllersNeedNoDomain() {
    TestCrds.create(server, things(""));
    server.post(
        THINGS,
        "{'apiVersion':'example.com/v1','kind':'Thing',"
            + "'metadata':{'name':'a','finalizers':['cleanup.things']}}");
    assertTrue(server.delete(THINGS + "/a").path("metadata").has("deletionTimestamp"));
    server.delete(TestCrds.PATH + "/things.example.com");
    TestCrds.await(
        () ->
            server
                .get(TestCrds.PATH + "/things.example.com")
                .toString()
                .contains("InstanceDeletionInProgress"));
    assertEquals(
        StatusReason.METHOD_NOT_ALLOWED,
        failure(() -> server.post(THINGS, thing("").replace("'a'", "'b'"))).reason());
    server.patch(THINGS + "/a", "application/merge-patch+json", "{'metadata':{'finalizers':null}}");
    TestCrds.await(() -> server.isMissing(TestCrds.PATH + "/things.example.com"));
  }

  @Test
  void theStatusOfADefinitionIsASubresource() {
    TestCrds.create(server, things(""));
    var path = TestCrds.PATH + "/things.example.com/status";
    var status = server.get(path).deepCopy();
    var condition = status.withObject("/status").withArray("conditions").addObject();
    condition.put("type", "Mine").put("status", "True").put("reason", "x").put("message", "m");
    condition.put("lastTransitionTime", "2026-01-01T00:00:00Z");
    server.put(path, status);
    assertTrue(server.get(path).at("/status/conditions").toString().contains("Mine"));
    server.patch(
        path,
        "application/merge-patch+json",
        "{'spec':{'scope':'Cluster'},'status':{'storedVersions':['v1']}}");
    var left = server.get(TestCrds.PATH + "/things.example.com");
    assertEquals("Namespaced", left.at("/spec/scope").asText());
  }

  @Test
  void definitionsAreListedAndDeletedByLabel() {
    TestCrds.create(server, things(""));
    TestCrds.create(server, TestCrds.widgets());
    var selected = TestCrds.PATH + "?labelSelector=set%3Dtest";
    assertEquals(List.of("things.example.com"), names(server.get(selected)));
    server.delete(selected);
    TestCrds.await(() -> names(server.get(TestCrds.PATH)).equals(List.of("widgets.example.com")));
  }
}
