package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A namespace while it lives; how it ends is its controller's. */
final class NamespacesTest {
  private static final String ALL = "/api/v1/namespaces";
  private static final String MERGE = "application/merge-patch+json";
  private static final TestServer SERVER = new TestServer();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String made(String name) {
    SERVER.post(ALL, "{'metadata':{'name':'" + name + "'}}");
    return ALL + "/" + name;
  }

  @Test
  void labelsAreReplacedAndPatched() {
    var path = made("labelled");
    var namespace = SERVER.get(path);
    namespace.withObject("/metadata/labels").put("put", "1");
    SERVER.put(path, namespace);
    SERVER.patch(path, MERGE, "{'metadata':{'labels':{'patched':'1'}}}");
    var labels = SERVER.get(path).at("/metadata/labels");
    assertEquals("1", labels.path("put").asText());
    assertEquals("1", labels.path("patched").asText());
    assertEquals("labelled", labels.path("kubernetes.io/metadata.name").asText());
  }

  @Test
  void aFinalizerIsPutOnAndTakenOff() {
    var path = made("held");
    var namespace = SERVER.get(path);
    namespace.withObject("/spec").withArray("finalizers").add("e2e.example.com/fake");
    var held = SERVER.put(path + "/finalize", namespace);
    assertEquals("[\"kubernetes\",\"e2e.example.com/fake\"]", finalizers(path));
    held.withObject("/spec").putArray("finalizers").add("kubernetes");
    SERVER.put(path + "/finalize", held);
    assertEquals("[\"kubernetes\"]", finalizers(path));
  }

  private static String finalizers(String path) {
    return SERVER.get(path).at("/spec/finalizers").toString();
  }

  @Test
  void theStatusIsReadPatchedAndReplaced() {
    var path = made("told");
    assertEquals("Active", SERVER.get(path + "/status").at("/status/phase").asText());
    SERVER.patch(
        path + "/status",
        MERGE,
        "{'metadata':{'annotations':{'a':'b'}},"
            + "'status':{'conditions':[{'type':'StatusPatch','status':'True'}]}}");
    var patched = SERVER.get(path + "/status");
    assertEquals("b", patched.at("/metadata/annotations/a").asText());
    assertEquals("StatusPatch", patched.at("/status/conditions/0/type").asText());
    patched
        .withObject("/status")
        .withArray("conditions")
        .addObject()
        .put("type", "StatusUpdate")
        .put("status", "True");
    SERVER.put(path + "/status", patched);
    var replaced = SERVER.get(path).get("status");
    assertEquals("StatusUpdate", replaced.at("/conditions/1/type").asText());
    assertTrue(replaced.path("phase").asText().equals("Active"));
  }
}
