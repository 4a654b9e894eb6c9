package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What roles and bindings must say, and that a binding stays with its role. */
@Timeout(20)
final class RbacKindsTest {
  private static final String GROUP = "/apis/rbac.authorization.k8s.io/v1";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "roles|'rules':[{}]|verbs must contain at least one value",
        "roles|'rules':[{'verbs':['get'],'nonResourceURLs':['/x']}]"
            + "|namespaced rules cannot apply to non-resource URLs",
        "clusterroles|'rules':[{'verbs':['get'],'resources':['a'],'apiGroups':[''],"
            + "'nonResourceURLs':['/x']}]"
            + "|rules cannot apply to both regular resources and non-resource URLs",
        "clusterroles|'rules':[{'verbs':['get'],'resources':['a']}]"
            + "|resource rules must supply at least one api group",
        "clusterroles|'aggregationRule':{}|at least one clusterRoleSelector required",
        "clusterrolebindings|'roleRef':{'kind':'Role','name':'x'}"
            + "|Unsupported value: \"Role\": supported values: \"ClusterRole\"",
        "clusterrolebindings|'roleRef':{'kind':'ClusterRole','name':'x'},"
            + "'subjects':[{'kind':'ServiceAccount','name':'a'}]"
            + "|subjects[0].namespace: Required value",
        "rolebindings|'roleRef':{'kind':'Role','name':'x'},'subjects':[{'kind':'Team','name':'a'}]"
            + "|subjects[0].kind: Unsupported value: \"Team\"",
      })
  void refuses(String resource, String fields, String why) {
    boolean cluster = resource.startsWith("cluster");
    var path = GROUP + (cluster ? "/" : "/namespaces/default/") + resource;
    var text = "{'metadata':{'name':'a:b'}," + fields + "}";
    var refused = failure(() -> server.post(path, text));
    assertEquals(422, refused.code());
    assertEquals(true, refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void aBindingStaysWithItsRole() {
    var path = GROUP + "/clusterrolebindings";
    var made =
        server.post(
            path,
            "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'view'},"
                + "'subjects':[{'kind':'User','name':'eve'}]}");
    assertEquals("rbac.authorization.k8s.io", made.at("/subjects/0/apiGroup").asText());
    var changed = made.deepCopy();
    changed.withObject("/roleRef").put("name", "cluster-admin");
    var refused = failure(() -> server.put(path + "/b", changed));
    assertEquals(true, refused.getMessage().endsWith("cannot change roleRef"));
  }
}
