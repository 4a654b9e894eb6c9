package io.jkube.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.client.DeleteOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ClusterRole that collects the rules of others. */
@Timeout(20)
final class RoleAggregationTest {
  private static final GroupVersionResource ROLES =
      new GroupVersionResource("rbac.authorization.k8s.io", "v1", "clusterroles");

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private void part(String name, String resource) {
    cluster.create(
        ROLES,
        "{'metadata':{'name':'%s','labels':{'part':'yes'}},'rules':[{'verbs':['get'],"
                .formatted(name)
            + "'apiGroups':[''],'resources':['"
            + resource
            + "']}]}");
  }

  @Test
  void followsTheRolesItSelects() throws InterruptedException {
    part("a", "pods");
    cluster.create(
        ROLES, "{'metadata':{'name':'other'},'rules':[{'verbs':['*'],'nonResourceURLs':['*']}]}");
    cluster.create(
        ROLES,
        "{'metadata':{'name':'whole'},'aggregationRule':{'clusterRoleSelectors':"
            + "[{'matchLabels':{'part':'yes'}}]}}");
    var whole = ObjectKey.cluster("whole");
    try (var _ = RoleAggregation.runner(cluster.client, cluster.clock).start()) {
      cluster.await(ROLES, whole, role -> role.path("rules").size() == 1);
      part("b", "secrets");
      var both = cluster.await(ROLES, whole, role -> role.path("rules").size() == 2);
      assertEquals("pods", both.at("/rules/0/resources/0").asText());
      assertEquals("secrets", both.at("/rules/1/resources/0").asText());
      cluster.client.delete(ROLES, ObjectKey.cluster("a"), DeleteOptions.DEFAULT);
      var left = cluster.await(ROLES, whole, role -> role.path("rules").size() == 1);
      assertEquals("secrets", left.at("/rules/0/resources/0").asText());
    }
  }
}
