package io.jkube.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.apiserver.authz.rbac.BootstrapPolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What nobody may who has no more than what every cluster begins with. The rules of {@code view},
 * {@code edit} and {@code admin} are collected by a controller; here their parts are bound.
 */
final class BootstrapRightsTest {
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final List<String> PARTS = List.of("view", "edit", "admin");
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.guarded(InstantSource.system());
    for (var user : PARTS) {
      for (var part : PARTS.subList(0, PARTS.indexOf(user) + 1)) {
        server.post(
            RBAC + "/namespaces/default/rolebindings",
            "{'metadata':{'generateName':'b'},'roleRef':{'kind':'ClusterRole','name':'system:aggregate-to-%s'},'subjects':[{'kind':'User','name':'%s'}]}"
                .formatted(part, user));
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /**
   * @param resource with its group after a dot, its subresource after a slash
   */
  private static boolean may(String user, String group, String verb, String resource) {
    server.user = TestServer.MASTER;
    int slash = resource.indexOf('/');
    var named = slash < 0 ? resource : resource.substring(0, slash);
    int dot = named.indexOf('.');
    return server
        .post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            "{'spec':{'user':'%s','groups':['%s'],'resourceAttributes':{'namespace':'default','verb':'%s','group':'%s','resource':'%s','subresource':'%s'}}}"
                .formatted(
                    user,
                    group,
                    verb,
                    dot < 0 ? "" : named.substring(dot + 1),
                    dot < 0 ? named : named.substring(0, dot),
                    slash < 0 ? "" : resource.substring(slash + 1)))
        .at("/status/allowed")
        .asBoolean();
  }

  @ParameterizedTest
  @CsvSource({
    "view, get, secrets",
    "view, get, pods/exec",
    "view, create, pods/exec",
    "view, get, pods/portforward",
    "view, get, pods/proxy",
    "view, create, pods",
    "view, create, serviceaccounts/token",
    "view, impersonate, serviceaccounts",
    "view, get, roles.rbac.authorization.k8s.io",
    "edit, create, roles.rbac.authorization.k8s.io",
    "edit, create, rolebindings.rbac.authorization.k8s.io",
    "edit, update, resourcequotas",
    "edit, create, limitranges",
    "edit, update, pods/status",
    "edit, create, endpoints",
    "edit, create, endpointslices.discovery.k8s.io",
    "edit, update, namespaces",
    "edit, create, pods/binding",
    "edit, update, deployments.apps/status",
    "edit, get, nodes",
    "edit, impersonate, users",
    "edit, create, tokenreviews.authentication.k8s.io",
    "admin, escalate, roles.rbac.authorization.k8s.io",
    "admin, bind, roles.rbac.authorization.k8s.io",
    "admin, create, clusterroles.rbac.authorization.k8s.io",
    "admin, create, resourcequotas",
    "admin, delete, namespaces",
    "admin, create, endpoints",
    "admin, create, subjectaccessreviews.authorization.k8s.io",
    "admin, create, customresourcedefinitions.apiextensions.k8s.io",
    "admin, approve, signers.certificates.k8s.io",
    "admin, get, nodes/proxy",
  })
  void isRefused(String user, String verb, String resource) {
    assertEquals(false, may(user, "system:authenticated", verb, resource));
  }

  @ParameterizedTest
  @CsvSource({
    "view, list, pods",
    "view, get, pods/log",
    "edit, get, secrets",
    "edit, create, pods/exec",
    "edit, create, pods/eviction",
    "edit, create, serviceaccounts/token",
    "edit, deletecollection, deployments.apps",
    "admin, create, rolebindings.rbac.authorization.k8s.io",
    "admin, create, localsubjectaccessreviews.authorization.k8s.io",
  })
  void isAllowed(String user, String verb, String resource) {
    assertEquals(true, may(user, "system:authenticated", verb, resource));
  }

  /** The parts of the cluster have one identity each, and none of them is an administrator. */
  @ParameterizedTest
  @CsvSource({
    "system:kube-scheduler, get, secrets",
    "system:kube-scheduler, create, pods",
    "system:kube-scheduler, create, pods/exec",
    "system:kube-scheduler, update, nodes",
    "system:kube-proxy, get, secrets",
    "system:kube-proxy, list, pods",
    "system:kube-proxy, update, services",
    "system:kube-controller-manager, create, pods",
    "system:kube-controller-manager, create, clusterrolebindings.rbac.authorization.k8s.io",
    "system:serviceaccount:kube-system:deployment-controller, create, pods",
    "system:serviceaccount:kube-system:deployment-controller, get, secrets",
    "system:serviceaccount:kube-system:replicaset-controller, get, secrets",
    "system:serviceaccount:kube-system:job-controller, create, pods/exec",
    "system:serviceaccount:kube-system:namespace-controller, create, pods",
    "system:serviceaccount:kube-system:resourcequota-controller, delete, pods",
    "system:serviceaccount:kube-system:clusterrole-aggregation-controller, create, clusterrolebindings.rbac.authorization.k8s.io",
    "system:serviceaccount:kube-system:endpointslice-controller, get, secrets",
    "system:serviceaccount:default:deployment-controller, list, deployments.apps",
  })
  void noPartOfTheClusterMayDoMoreThanItsPart(String user, String verb, String resource) {
    assertEquals(false, may(user, "system:authenticated", verb, resource));
  }

  /** Whoever is not known at all. */
  @Test
  void nobodySeesMoreThanHealthAndVersion() {
    assertEquals(false, may("system:anonymous", "system:unauthenticated", "list", "pods"));
    var bound = new TreeSet<String>();
    for (var object : BootstrapPolicy.objects()) {
      for (var subject : object.path("subjects")) {
        if (subject.path("name").asText().equals("system:unauthenticated")) {
          bound.add(object.at("/roleRef/name").asText());
        }
      }
    }
    assertEquals(new TreeSet<>(List.of("system:public-info-viewer")), bound);
  }

  /** Rights over everything, or over rights themselves, are in few hands. */
  @Test
  void powersAreRare() {
    var everything = new TreeSet<String>();
    var rights = new TreeSet<String>();
    for (var role : BootstrapPolicy.objects()) {
      var name = role.at("/metadata/name").asText();
      for (var rule : role.path("rules")) {
        var verbs = new TreeSet<String>();
        rule.path("verbs").forEach(verb -> verbs.add(verb.asText()));
        var all = rule.path("resources").toString().equals("[\"*\"]");
        if (all && rule.path("apiGroups").toString().equals("[\"*\"]")) {
          everything.add(name + " " + String.join(",", verbs));
        }
        if (verbs.contains("escalate") || verbs.contains("bind") || verbs.contains("impersonate")) {
          rights.add(name);
        }
      }
    }
    assertEquals(
        List.of(
            "cluster-admin *",
            "system:controller:generic-garbage-collector delete,get,list,patch,update,watch",
            "system:controller:namespace-controller delete,deletecollection,get,list,watch",
            "system:controller:resourcequota-controller list,watch",
            "system:kube-controller-manager list,watch"),
        List.copyOf(everything));
    assertEquals(
        List.of("system:aggregate-to-edit", "system:controller:clusterrole-aggregation-controller"),
        List.copyOf(rights));
    assertTrue(everything.stream().noneMatch(each -> each.contains("create")));
  }
}
