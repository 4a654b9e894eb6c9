package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the OpenAPI documents say of custom resources, as they come and change. */
@Timeout(60)
final class CustomResourceOpenApiTest {
  private static final String EXAMPLE_V1 = "/openapi/v3/apis/example.com/v1";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private JsonNode v2(String definition) {
    return server.get("/openapi/v2").path("definitions").path(definition);
  }

  private JsonNode v3(String path, String definition) {
    return server.get(path).at("/components/schemas").path(definition);
  }

  private static String definition(String plural, String kind, String group, String... versions) {
    return definition(plural, kind, group, "'type':'object'", versions);
  }

  private static String definition(
      String plural, String kind, String group, String schema, String[] versions) {
    var all = new StringBuilder();
    for (var version : versions) {
      all.append(all.isEmpty() ? "" : ",")
          .append("{'name':'" + version + "','served':true,'storage':" + all.isEmpty())
          .append(",'schema':{'openAPIV3Schema':{" + schema + "}}}");
    }
    return "{'metadata':{'name':'%s.%s'},'spec':{'group':'%s','scope':'Namespaced',"
            .formatted(plural, group, group)
        + "'names':{'plural':'%s','kind':'%s'},'versions':[%s]}}".formatted(plural, kind, all);
  }

  @Test
  void aSchemaIsPublishedWithWhatEveryObjectHas() {
    TestCrds.create(server, TestCrds.widgets());
    var widget = v3(EXAMPLE_V1, "com.example.v1.Widget");
    assertEquals("Something small.", widget.path("description").asText());
    assertEquals(
        "How big it is.", widget.at("/properties/spec/properties/size/description").asText());
    assertEquals("string", widget.at("/properties/apiVersion/type").asText());
    assertEquals(
        "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
        widget.at("/properties/metadata/allOf/0/$ref").asText());
    assertEquals("Widget", widget.at("/x-kubernetes-group-version-kind/0/kind").asText());
    var list = v3(EXAMPLE_V1, "com.example.v1.WidgetList");
    assertEquals(
        "#/components/schemas/com.example.v1.Widget",
        list.at("/properties/items/items/$ref").asText());
    var old = v2("com.example.v1.Widget");
    assertEquals("How big it is.", old.at("/properties/spec/properties/size/description").asText());
    assertEquals("integer", old.at("/properties/spec/properties/size/type").asText());
    var paths = server.get(EXAMPLE_V1).path("paths");
    var patch =
        paths.path("/apis/example.com/v1/namespaces/{namespace}/widgets/{name}").path("patch");
    assertFalse(patch.at("/requestBody/content").has("application/strategic-merge-patch+json"));
    assertTrue(patch.at("/requestBody/content").has("application/apply-patch+yaml"));
    assertTrue(server.get("/openapi/v3").path("paths").has("apis/example.com/v1"));
  }

  @Test
  void unknownFieldsThatStayAreSaidToStay() {
    var open = "'type':'object','x-kubernetes-preserve-unknown-fields':true";
    TestCrds.create(
        server, definition("opens", "Open", "open.example.com", open, new String[] {"v1"}));
    var inside = "'type':'object','properties':{'spec':{" + open + ",'description':'Anything.'}}";
    TestCrds.create(
        server, definition("boxes", "Box", "open.example.com", inside, new String[] {"v1"}));
    var path = "/openapi/v3/apis/open.example.com/v1";
    var whole = v3(path, "com.example.open.v1.Open");
    assertTrue(whole.path("x-kubernetes-preserve-unknown-fields").asBoolean());
    assertEquals("Open", whole.at("/x-kubernetes-group-version-kind/0/kind").asText());
    var spec = v3(path, "com.example.open.v1.Box").at("/properties/spec");
    assertTrue(spec.path("x-kubernetes-preserve-unknown-fields").asBoolean());
    assertEquals("Anything.", spec.path("description").asText());
    assertFalse(v2("com.example.open.v1.Open").has("required"));
    assertTrue(v2("com.example.open.v1.Box").has("properties"));
  }

  @Test
  void everyGroupVersionAndKindIsPublished() {
    TestCrds.create(server, definition("as", "A", "one.example.com", "v1", "v2"));
    TestCrds.create(server, definition("bs", "B", "one.example.com", "v1"));
    TestCrds.create(server, definition("as", "A", "two.example.com", "v1"));
    for (var each :
        new String[] {
          "com.example.one.v1.A",
          "com.example.one.v2.A",
          "com.example.one.v1.B",
          "com.example.two.v1.A"
        }) {
      assertTrue(v2(each).isObject(), each);
    }
    assertTrue(v3("/openapi/v3/apis/one.example.com/v2", "com.example.one.v2.A").isObject());
    assertFalse(v3("/openapi/v3/apis/one.example.com/v2", "com.example.one.v2.B").isObject());
  }

  @Test
  void aVersionThatIsNotServedIsNotPublished() {
    TestCrds.create(server, definition("as", "A", "one.example.com", "v1", "v2"));
    var before = hash();
    change(crd -> crd.withObject("/spec/versions/1").put("served", false));
    TestCrds.await(() -> !v2("com.example.one.v2.A").isObject());
    assertTrue(v2("com.example.one.v1.A").isObject());
    assertTrue(server.isMissing("/openapi/v3/apis/one.example.com/v2"));
    assertEquals(before, hash(), "of the version that stayed");
  }

  @Test
  void aVersionMayGetAnotherName() {
    TestCrds.create(server, definition("as", "A", "one.example.com", "v1", "v2"));
    change(crd -> crd.withObject("/spec/versions/1").put("name", "v4"));
    TestCrds.await(() -> v2("com.example.one.v4.A").isObject());
    assertFalse(v2("com.example.one.v2.A").isObject());
    assertTrue(v2("com.example.one.v1.A").isObject());
  }

  private String hash() {
    var paths = server.get("/openapi/v3").path("paths");
    return paths.path("apis/one.example.com/v1").path("serverRelativeURL").asText();
  }

  private void change(java.util.function.Consumer<ObjectNode> edit) {
    var path = TestCrds.PATH + "/as.one.example.com";
    var crd = server.get(path).deepCopy();
    edit.accept(crd);
    server.put(path, crd);
  }
}
