package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Server-side apply and managedFields, as clients see them. */
final class ServerSideApplyTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps/";
  private static final String PODS = "/api/v1/namespaces/default/pods/";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectNode applyMap(String query, String data) {
    return server.apply(
        MAPS + "m?" + query,
        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m'},'data':{" + data + "}}");
  }

  /** {@code manager operation fields}, an entry each. */
  private static List<String> managers(ObjectNode object) {
    var managers = new ArrayList<String>();
    for (var entry : object.at("/metadata/managedFields")) {
      var subresource = entry.path("subresource").asText();
      managers.add(
          entry.path("manager").asText()
              + (subresource.isEmpty() ? "" : "/" + subresource)
              + " "
              + entry.path("operation").asText()
              + " "
              + entry.path("fieldsV1").toString().replace('"', '\''));
    }
    return managers;
  }

  @Test
  void makesTheObjectWhereThereIsNone() {
    var made = applyMap("fieldManager=me", "'a':'1'");
    assertEquals("1", made.at("/data/a").asText());
    assertEquals(List.of("me Apply {'f:data':{'f:a':{}}}"), managers(made));
    assertEquals(made, server.get(MAPS + "m"));
  }

  @Test
  void refusesToChangeWhatAnotherManages() {
    applyMap("fieldManager=me", "'a':'1','b':'2'");
    var conflict = failure(() -> applyMap("fieldManager=you", "'a':'2','b':'2'"));
    assertEquals(409, conflict.code());
    assertEquals(
        "Apply failed with 1 conflict: conflict with \"me\": .data.a", conflict.getMessage());
    assertEquals(
        TestServer.json(
            "{'causes':[{'reason':'FieldManagerConflict',"
                + "'message':'conflict with \\'me\\'','field':'.data.a'}]}".replace("\\'", "\\\"")),
        conflict.status().get("details"));
    var forced = applyMap("fieldManager=you&force=true", "'a':'2','b':'2'");
    assertEquals("2", forced.at("/data/a").asText());
    assertEquals(
        List.of("me Apply {'f:data':{'f:b':{}}}", "you Apply {'f:data':{'f:a':{},'f:b':{}}}"),
        managers(forced).stream().sorted().toList());
  }

  @Test
  void namesEveryConflictOfEveryManager() {
    server.ask(
        "POST",
        "/api/v1/namespaces/default/configmaps?fieldManager=creator",
        "application/json",
        new io.jkube.apiserver.request.Body.Tree(
            TestServer.json("{'metadata':{'name':'m'},'data':{'x':'1','y':'1'}}")));
    applyMap("fieldManager=me", "'a':'1'");
    var conflict = failure(() -> applyMap("fieldManager=you", "'a':'2','x':'2','y':'2'"));
    assertEquals(
        """
        Apply failed with 3 conflicts: conflicts with "creator" using v1:
        - .data.x
        - .data.y
        conflicts with "me":
        - .data.a""",
        conflict.getMessage());
  }

  @Test
  void takesAwayWhatIsAppliedNoMore() {
    applyMap("fieldManager=me", "'a':'1','b':'2'");
    applyMap("fieldManager=you", "'b':'2','c':'3'");
    var left = applyMap("fieldManager=me", "'d':'4'");
    assertEquals(TestServer.json("{'b':'2','c':'3','d':'4'}"), left.get("data"));
  }

  @Test
  void listsOfMapsMergeByTheirKeys() {
    server.apply(
        PODS + "p?fieldManager=me",
        pod(
            "{'name':'a','image':'one','ports':[{'containerPort':80}]},{'name':'b','image':'two'}"));
    var both = server.apply(PODS + "p?fieldManager=you", pod("{'name':'b','image':'two'}"));
    assertEquals(2, both.at("/spec/containers").size());
    assertEquals("Always", both.at("/spec/containers/0/imagePullPolicy").asText());
    var keyOfB = "'k:{\\'name\\':\\'b\\'}':{'.':{},'f:image':{},'f:name':{}}";
    var keyOfPort = "'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}'";
    assertEquals(
        List.of(
            "you Apply {'f:spec':{'f:containers':{" + keyOfB + "}}}",
            "me Apply {'f:spec':{'f:containers':{'k:{\\'name\\':\\'a\\'}':{'.':{},'f:image':{},"
                + "'f:name':{},'f:ports':{"
                + keyOfPort
                + ":{'.':{},'f:containerPort':{}}}},"
                + keyOfB
                + "}}}"),
        managers(both));
  }

  private static String pod(String containers) {
    return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'containers':["
        + containers
        + "]}}";
  }
}
