package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static io.jkube.apiserver.TestServer.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.StatusReason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kinds that users add: how they are served, and what becomes of their objects. */
@Timeout(30)
final class CustomResourcesTest {
  private static final String CRDS = TestCrds.PATH;
  private static final String WIDGETS = TestCrds.WIDGETS;

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectNode widget(String name, String spec) {
    return server.post(
        WIDGETS,
        "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'"
            + name
            + "'},'spec':"
            + spec
            + "}");
  }

  private void serveWidgets() {
    TestCrds.create(server, TestCrds.widgets());
  }

  @Test
  void aNewKindIsEstablishedAndServed() throws InterruptedException {
    var created = server.post(CRDS, TestCrds.widgets());
    assertEquals("widget", created.at("/spec/names/singular").asText());
    assertEquals("WidgetList", created.at("/spec/names/listKind").asText());
    assertEquals("None", created.at("/spec/conversion/strategy").asText());
    assertEquals("v1", created.at("/status/storedVersions/0").asText());
    var crd = TestCrds.awaitEstablished(server, "widgets.example.com");
    assertEquals("NoConflicts", crd.at("/status/conditions/0/reason").asText());
    assertEquals("InitialNamesAccepted", crd.at("/status/conditions/1/reason").asText());
    assertEquals("Widget", crd.at("/status/acceptedNames/kind").asText());
    var made = widget("a", "{'size':3}");
    assertEquals(1, made.at("/metadata/generation").asInt());
    assertEquals("red", made.at("/spec/color").asText());
    var list = server.get(WIDGETS);
    assertEquals("WidgetList", list.path("kind").asText());
    assertEquals("example.com/v1", list.path("apiVersion").asText());
    assertEquals(List.of("a"), names(list));
  }

  @Test
  void discoveryTellsOfIt() {
    serveWidgets();
    var groups = server.get("/apis").path("groups").findValuesAsText("name");
    assertTrue(groups.contains("example.com"), groups.toString());
    assertEquals(
        "example.com/v1",
        server.get("/apis/example.com").at("/preferredVersion/groupVersion").asText());
    var resources = server.get("/apis/example.com/v1").path("resources");
    assertEquals("widgets", resources.get(0).path("name").asText());
    assertEquals("wd", resources.get(0).at("/shortNames/0").asText());
    assertEquals("widgets/scale", resources.get(1).path("name").asText());
    assertEquals("widgets/status", resources.get(2).path("name").asText());
    server.accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    var items = server.get("/apis").path("items");
    var told = items.valueStream().map(each -> each.at("/metadata/name").asText()).toList();
    assertTrue(told.contains("example.com"), told.toString());
  }

  @Test
  void unknownFieldsArePrunedWarnedOfOrRefused() {
    serveWidgets();
    var made = widget("a", "{'size':1,'foo':1,'free':{'x':{'y':1}}}");
    assertFalse(made.path("spec").has("foo"));
    assertEquals(1, made.at("/spec/free/x/y").asInt());
    var refused =
        failure(
            () ->
                server.post(
                    WIDGETS + "?fieldValidation=Strict",
                    "{'apiVersion':'example.com/v1','kind':'Widget',"
                        + "'metadata':{'name':'b','huh':1},'spec':{'size':1,'foo':1}}"));
    assertEquals(StatusReason.BAD_REQUEST, refused.reason());
    assertTrue(
        refused
            .getMessage()
            .contains(
                "strict decoding error: unknown field \"metadata.huh\", unknown field \"spec.foo\""),
        refused.getMessage());
  }

  @Test
  void valuesAreHeldAgainstTheSchemaInUpstreamsWords() {
    serveWidgets();
    var refused = failure(() -> widget("a", "{'size':'big','color':'pink','tags':['x','x']}"));
    assertEquals(StatusReason.INVALID, refused.reason());
    assertEquals(
        "Widget.example.com \"a\" is invalid: [spec.size: Invalid value: \"string\": spec.size in"
            + " body must be of type integer: \"string\", spec.color: Unsupported value: \"pink\":"
            + " supported values: \"red\", \"green\", spec.tags[1]: Duplicate value: \"x\"]",
        refused.getMessage());
    assertEquals(
        "Widget.example.com \"a\" is invalid: spec.size: Required value",
        failure(() -> widget("a", "{}")).getMessage());
    assertEquals(
        "Widget.example.com \"a\" is invalid: spec.size: Invalid value: 0: spec.size in body should"
            + " be greater than or equal to 1",
        failure(() -> widget("a", "{'size':0}")).getMessage());
    assertEquals(
        "Widget.example.com \"a\" is invalid: spec.code: Invalid value: \"9\": spec.code in body"
            + " should match '^[a-z]+$'",
        failure(() -> widget("a", "{'size':1,'code':'9'}")).getMessage());
  }

  @Test
  void theStatusIsWrittenByItsSubresourceOnly() {
    serveWidgets();
    widget("a", "{'size':1}");
    var merge = "application/merge-patch+json";
    var patched = server.patch(WIDGETS + "/a", merge, "{'spec':{'size':2},'status':{'phase':'x'}}");
    assertFalse(patched.has("status"));
    assertEquals(2, patched.at("/metadata/generation").asInt());
    var status =
        server.patch(
            WIDGETS + "/a/status",
            merge,
            "{'metadata':{'labels':{'a':'b'}},'spec':{'size':9},'status':{'phase':'x'}}");
    assertEquals(2, status.at("/spec/size").asInt());
    assertEquals("x", status.at("/status/phase").asText());
    assertEquals(2, status.at("/metadata/generation").asInt());
    assertTrue(status.at("/metadata/labels").isMissingNode());
  }

  @Test
  void scaleIsSeenThroughTheStatedPaths() {
    serveWidgets();
    widget("a", "{'size':1}");
    server.patch(
        WIDGETS + "/a/status",
        "application/merge-patch+json",
        "{'status':{'current':1,'selector':'app=a'}}");
    var scale = server.get(WIDGETS + "/a/scale");
    assertEquals("autoscaling/v1", scale.path("apiVersion").asText());
    assertEquals(1, scale.at("/spec/replicas").asInt());
    assertEquals("app=a", scale.at("/status/selector").asText());
    server.patch(WIDGETS + "/a/scale", "application/merge-patch+json", "{'spec':{'replicas':5}}");
    assertEquals(5, server.get(WIDGETS + "/a").at("/spec/size").asInt());
  }

  @Test
  void columnsAndSelectableFieldsFollowTheDefinition() {
    serveWidgets();
    widget("a", "{'size':1,'color':'green'}");
    widget("b", "{'size':2}");
    assertEquals(List.of("a"), names(server.get(WIDGETS + "?fieldSelector=spec.color%3Dgreen")));
    assertEquals(
        "field label not supported: spec.size",
        failure(() -> server.get(WIDGETS + "?fieldSelector=spec.size%3D1")).getMessage());
    server.accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    var table = server.get(WIDGETS);
    assertEquals("Color", table.at("/columnDefinitions/1/name").asText());
    assertEquals("green", table.at("/rows/0/cells/1").asText());
    assertEquals(1, table.at("/rows/0/cells/2").asInt());
  }

  @Test
  void applyMergesListsByTheirKeys() {
    serveWidgets();
    server.apply(
        WIDGETS + "/a?fieldManager=one",
        "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'a'},"
            + "'spec':{'size':1,'parts':[{'name':'x','weight':1}],'tags':['p']}}");
    var merged =
        server.apply(
            WIDGETS + "/a?fieldManager=two",
            "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'a'},"
                + "'spec':{'parts':[{'name':'y','weight':2}],'tags':['q']}}");
    assertEquals(2, merged.at("/spec/parts").size());
    assertEquals(json("{'l':['p','q']}").get("l"), merged.at("/spec/tags"));
    var conflict =
        failure(
            () ->
                server.apply(
                    WIDGETS + "/a?fieldManager=two",
                    "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'a'},"
                        + "'spec':{'parts':[{'name':'x','weight':7}]}}"));
    assertEquals(StatusReason.CONFLICT, conflict.reason());
    assertTrue(conflict.getMessage().contains(".spec.parts[name=\"x\"].weight"));
    assertEquals(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        failure(
                () ->
                    server.patch(
                        WIDGETS + "/a", "application/strategic-merge-patch+json", "{'spec':{}}"))
            .reason());
  }

  @Test
  void everyVersionSeesTheSameObjects() {
    TestCrds.create(server, TestCrds.twoVersions());
    var second = "/apis/example.com/v2/namespaces/default/gadgets";
    server.post(
        "/apis/example.com/v1/namespaces/default/gadgets",
        "{'apiVersion':'example.com/v1','kind':'Gadget','metadata':{'name':'a'},'spec':{'n':1}}");
    assertEquals("example.com/v2", server.get(second + "/a").path("apiVersion").asText());
    assertEquals("example.com/v2", server.get(second).at("/items/0/apiVersion").asText());
    assertEquals(
        "example.com/v2",
        server.get("/apis/example.com").at("/preferredVersion/groupVersion").asText());
    server.delete(second + "/a");
    assertEquals(List.of(), names(server.get(second)));
  }

  @Test
  void defaultsReachWhatIsStoredAlready() throws InterruptedException {
    serveWidgets();
    widget("a", "{'size':1}");
    var crd = server.get(CRDS + "/widgets.example.com").deepCopy();
    var properties =
        crd.withObject("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    properties.putObject("shape").put("type", "string").put("default", "round");
    server.put(CRDS + "/widgets.example.com", crd);
    TestCrds.await(() -> server.get(WIDGETS + "/a").at("/spec/shape").asText().equals("round"));
    assertEquals("round", server.get(WIDGETS).at("/items/0/spec/shape").asText());
  }

  @Test
  void aDeletedKindTakesItsObjectsAndWatchesWithIt() throws InterruptedException {
    serveWidgets();
    widget("a", "{'size':1}");
    try (var feed = server.watch(WIDGETS + "?watch=1&resourceVersion=0")) {
      assertEquals(List.of("ADDED a"), TestServer.take(feed, 1));
      var deleted = server.delete(CRDS + "/widgets.example.com");
      assertTrue(deleted.path("metadata").has("deletionTimestamp"));
      assertEquals(List.of("DELETED a"), TestServer.take(feed, 2));
    }
    TestCrds.await(() -> server.isMissing(CRDS + "/widgets.example.com"));
    TestCrds.await(() -> server.isMissing(WIDGETS));
    assertTrue(server.isMissing("/apis/example.com"));
    serveWidgets();
    assertEquals(List.of(), names(server.get(WIDGETS)));
  }

  @Test
  void namesThatOthersHaveAreNotAccepted() throws InterruptedException {
    serveWidgets();
    server.post(
        CRDS, TestCrds.widgets().replace("widgets", "gizmos").replace("'shortNames':['wd'],", ""));
    TestCrds.await(
        () ->
            server
                .get(CRDS + "/gizmos.example.com")
                .at("/status/conditions/0/reason")
                .asText()
                .equals("ListKindConflict"));
    var crd = server.get(CRDS + "/gizmos.example.com");
    assertEquals("False", crd.at("/status/conditions/0/status").asText());
    assertEquals(
        "\"WidgetList\" is already in use", crd.at("/status/conditions/0/message").asText());
    assertEquals("NotAccepted", crd.at("/status/conditions/1/reason").asText());
    assertTrue(server.isMissing("/apis/example.com/v1/namespaces/default/gizmos"));
    server.delete(CRDS + "/widgets.example.com");
    TestCrds.awaitEstablished(server, "gizmos.example.com");
  }

  @Test
  void definitionsAreHeldToTheirRules() {
    var refused =
        failure(
            () ->
                server.post(
                    CRDS,
                    "{'metadata':{'name':'x'},'spec':{'group':'nodots','scope':'Galaxy','names':"
                        + "{'plural':'xs','kind':'X'},'versions':[{'name':'v1','served':true,"
                        + "'storage':false,'schema':{'openAPIV3Schema':{'type':'object','properties':"
                        + "{'spec':{'properties':{'l':{'type':'array'}}}}}}}]}}"));
    for (var words :
        List.of(
            "metadata.name: Invalid value: \"x\": must be spec.names.plural+\".\"+spec.group",
            "spec.group: Invalid value: \"nodots\": should be a domain with at least one dot",
            "spec.scope: Unsupported value: \"Galaxy\"",
            "must have exactly one version marked as storage version",
            "spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not"
                + " be empty for specified object fields",
            "properties[l].items: Required value: must be specified")) {
      assertTrue(refused.getMessage().contains(words), words + "\n" + refused.getMessage());
    }
  }
}
