package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.Impersonation;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.UserInfo;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what by roles and bindings, and who must not. */
@Timeout(20)
final class RightsTest {
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private final TestServer server = TestServer.guarded(InstantSource.system());

  @AfterEach
  void close() {
    server.close();
  }

  private void root() {
    server.user = TestServer.MASTER;
  }

  /** Gives a user rights in the namespace default. */
  private void allow(String user, String rule) {
    root();
    server.post(
        RBAC + "/namespaces/default/roles",
        "{'metadata':{'name':'" + user + "'},'rules':[{" + rule + "}]}");
    server.post(
        RBAC + "/namespaces/default/rolebindings",
        "{'metadata':{'name':'"
            + user
            + "'},'roleRef':{'kind':'Role','name':'"
            + user
            + "'},'subjects':[{'kind':'User','name':'"
            + user
            + "'}]}");
    server.as(user);
  }

  private static String pods(String verbs) {
    return "'verbs':[" + verbs + "],'apiGroups':[''],'resources':['pods']";
  }

  private String refusal(String method, String path) {
    var reply = server.ask(method, path, "application/json", Body.NONE);
    if (reply instanceof Reply.Failed failed
        && failed.failure().reason() == StatusReason.FORBIDDEN) {
      return failed.failure().getMessage();
    }
    return reply.code() + "";
  }

  @Test
  void refusalsReadAsUpstreams() {
    server.as("x");
    assertEquals(
        "pods is forbidden: User \"x\" cannot list resource \"pods\" in API group \"\" in the"
            + " namespace \"default\"",
        refusal("GET", PODS));
    assertEquals(
        "deployments.apps \"web\" is forbidden: User \"x\" cannot get resource \"deployments\" in"
            + " API group \"apps\" in the namespace \"default\"",
        refusal("GET", "/apis/apps/v1/namespaces/default/deployments/web"));
    assertEquals(
        "nodes is forbidden: User \"x\" cannot list resource \"nodes\" in API group \"\" at the"
            + " cluster scope",
        refusal("GET", "/api/v1/nodes"));
    assertEquals(
        "namespaces \"default\" is forbidden: User \"x\" cannot get resource \"namespaces\" in API"
            + " group \"\" in the namespace \"default\"",
        refusal("GET", "/api/v1/namespaces/default"));
    assertEquals("forbidden: User \"x\" cannot get path \"/metrics\"", refusal("GET", "/metrics"));
  }

  @Test
  void everyoneKnownMayDiscover() {
    server.as("x");
    for (var path :
        List.of("/api", "/apis", "/apis/apps/v1", "/openapi/v3", "/version", "/livez")) {
      assertEquals("200", refusal("GET", path), path);
    }
  }

  @Test
  void aBindingGivesExactlyWhatItsRoleSays() {
    allow("x", pods("'get','list'"));
    assertEquals("200", refusal("GET", PODS));
    assertEquals("404", refusal("GET", PODS + "/p"));
    assertTrue(refusal("GET", "/api/v1/namespaces/kube-system/pods").contains("cannot list"));
    assertTrue(refusal("GET", "/api/v1/pods").contains("at the cluster scope"));
    assertTrue(refusal("DELETE", PODS + "/p").contains("cannot delete"));
    server.as("y");
    assertTrue(refusal("GET", PODS).contains("\"y\" cannot list"));
  }

  @Test
  void takingABindingAwayTakesTheRightsAway() {
    allow("x", pods("'list'"));
    assertEquals("200", refusal("GET", PODS));
    root();
    server.delete(RBAC + "/namespaces/default/rolebindings/x");
    server.chain.handle(
        new io.jkube.apiserver.request.ApiRequest(
            "GET",
            RBAC + "/rolebindings",
            Map.of(),
            "application/json",
            "",
            "test",
            new Caller.InProcess(TestServer.MASTER),
            Body.NONE)); // a list waits until the caches know
    server.as("x");
    assertTrue(refusal("GET", PODS).contains("cannot list"));
  }

  @Test
  void oneVerbIsNotAnother() {
    allow("x", pods("'delete','update','list'"));
    assertTrue(refusal("DELETE", PODS).contains("cannot deletecollection"));
    assertTrue(refusal("GET", PODS + "?watch=true").contains("cannot watch"));
    assertTrue(refusal("GET", PODS + "?watch=1").contains("cannot watch"));
    assertTrue(refusal("GET", "/api/v1/watch/namespaces/default/pods").contains("cannot watch"));
    assertTrue(refusal("GET", PODS + "/p").contains("cannot get"));
    assertTrue(refusal("PATCH", PODS + "/p").contains("cannot patch"));
  }

  @Test
  void aSubresourceIsNotItsParent() {
    allow("x", pods("'*'"));
    for (var sub : List.of("log", "status", "exec", "eviction", "binding", "proxy", "proxy/a/b")) {
      var method = sub.equals("eviction") || sub.equals("binding") ? "POST" : "GET";
      var refused = refusal(method, PODS + "/p/" + sub);
      assertTrue(refused.contains("resource \"pods/" + sub.split("/")[0] + "\""), refused);
    }
  }

  @Test
  void anUpdateOfNothingIsACreation() {
    allow(
        "x",
        "'verbs':['update','patch'],'apiGroups':['coordination.k8s.io'],'resources':['leases']");
    var path = "/apis/coordination.k8s.io/v1/namespaces/default/leases/l";
    var put =
        server.ask(
            "PUT",
            path,
            "application/json",
            new Body.Tree(TestServer.json("{'metadata':{'name':'l'}}")));
    assertEquals(403, put.code());
    var applied =
        server.ask(
            "PATCH",
            path + "?fieldManager=t",
            "application/apply-patch+yaml",
            new Body.Encoded(
                "apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: l}\n"
                    .getBytes()));
    assertEquals(403, applied.code());
  }

  @Test
  void aNameRestrictsToThatObjectEvenThroughAFieldSelector() {
    allow(
        "x",
        "'verbs':['get','list'],'apiGroups':[''],'resources':['secrets'],'resourceNames':['a']");
    var secrets = "/api/v1/namespaces/default/secrets";
    assertEquals("404", refusal("GET", secrets + "/a"));
    assertTrue(refusal("GET", secrets + "/b").contains("cannot get"));
    assertTrue(refusal("GET", secrets).contains("cannot list"));
    assertEquals("200", refusal("GET", secrets + "?fieldSelector=metadata.name%3Da"));
    assertTrue(
        refusal("GET", secrets + "?fieldSelector=metadata.name%21%3Da").contains("cannot list"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/namespaces/kube-system/secrets/../../default/pods",
        "/api/v1//namespaces/kube-system/secrets",
        "/api/v1/namespaces/default/pods/../secrets",
        "/api/v1/namespaces/kube-system/pods/",
      })
  void noDetourLeadsPastTheRules(String path) {
    allow("x", pods("'*'"));
    var answer = refusal("GET", path);
    assertTrue(answer.contains("forbidden") || answer.equals("404"), answer);
  }

  @Test
  void aServiceAccountHasNothingInAnotherNamespace() {
    root();
    server.post(
        RBAC + "/namespaces/default/rolebindings",
        "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'cluster-admin'},"
            + "'subjects':[{'kind':'ServiceAccount','name':'default'}]}");
    server.as(
        "system:serviceaccount:default:default",
        "system:serviceaccounts",
        "system:serviceaccounts:default");
    assertEquals("200", refusal("GET", "/api/v1/namespaces/default/secrets"));
    assertTrue(refusal("GET", "/api/v1/namespaces/kube-system/secrets").contains("cannot list"));
    server.as(
        "system:serviceaccount:kube-system:default",
        "system:serviceaccounts",
        "system:serviceaccounts:kube-system");
    assertTrue(refusal("GET", "/api/v1/namespaces/default/secrets").contains("cannot list"));
  }

  @Test
  void aMissingRoleIsNamed() {
    root();
    server.post(
        RBAC + "/clusterrolebindings",
        "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'none'},"
            + "'subjects':[{'kind':'User','name':'x'}]}");
    server.as("x");
    assertTrue(
        refusal("GET", PODS)
            .endsWith(": RBAC: clusterroles.rbac.authorization.k8s.io \"none\" not found"));
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() {
    allow(
        "x",
        "'verbs':['create','get'],'apiGroups':['rbac.authorization.k8s.io'],'resources':['roles']");
    var roles = RBAC + "/namespaces/default/roles";
    var refused =
        failure(
            () ->
                server.post(
                    roles,
                    "{'metadata':{'name':'r'},'rules':[{'verbs':['get','list'],'apiGroups':[''],"
                        + "'resources':['secrets']}]}"));
    assertEquals(403, refused.code());
    assertEquals(
        "roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"x\""
            + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not"
            + " currently held:\n"
            + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\"]}",
        refused.getMessage());
    server.post(
        roles,
        "{'metadata':{'name':'own'},'rules':[{'verbs':['get'],"
            + "'apiGroups':['rbac.authorization.k8s.io'],'resources':['roles']}]}");
  }

  @Test
  void aVerbForEverythingIsNotTheRightToEscalate() {
    allow(
        "x",
        "'verbs':['create','update','get'],'apiGroups':['rbac.authorization.k8s.io'],"
            + "'resources':['roles','rolebindings']");
    var binding =
        "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'cluster-admin'},"
            + "'subjects':[{'kind':'User','name':'x'}]}";
    var bindings = RBAC + "/namespaces/default/rolebindings";
    assertEquals(403, failure(() -> server.post(bindings, binding)).code());
  }

  @Test
  void whoMayBindARoleMayGiveIt() {
    allow(
        "x",
        "'verbs':['create'],'apiGroups':['rbac.authorization.k8s.io'],'resources':['rolebindings']"
            + "},{'verbs':['bind'],'apiGroups':['rbac.authorization.k8s.io'],"
            + "'resources':['clusterroles'],'resourceNames':['view']");
    var bindings = RBAC + "/namespaces/default/rolebindings";
    var text =
        "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'%s'},"
            + "'subjects':[{'kind':'User','name':'y'}]}";
    assertEquals(
        403, failure(() -> server.post(bindings, text.formatted("system:kube-dns"))).code());
    server.post(bindings, text.formatted("view"));
  }

  private Reply actingAs(String caller, Impersonation wanted) {
    var who = new Caller.Acting(new Caller.InProcess(UserInfo.of(caller)), wanted);
    return server.ask(
        "POST",
        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
        "application/json",
        new Body.Tree(io.jkube.api.Json.object()),
        who);
  }

  @Test
  void actingAsAnotherNeedsTheRight() {
    var bob = new Impersonation("bob", "", List.of(), Map.of());
    assertEquals(
        "users \"bob\" is forbidden: User \"x\" cannot impersonate resource \"users\" in API group"
            + " \"\" at the cluster scope",
        failure(() -> TestServer.tree(actingAs("x", bob))).getMessage());
    root();
    server.post(
        RBAC + "/clusterroles",
        "{'metadata':{'name':'i'},'rules':[{'verbs':['impersonate'],'apiGroups':[''],"
            + "'resources':['users'],'resourceNames':['bob']}]}");
    server.post(
        RBAC + "/clusterrolebindings",
        "{'metadata':{'name':'i'},'roleRef':{'kind':'ClusterRole','name':'i'},"
            + "'subjects':[{'kind':'User','name':'x'}]}");
    var user = TestServer.tree(actingAs("x", bob)).at("/status/userInfo");
    assertEquals("bob", user.path("username").asText());
    assertEquals("[\"system:authenticated\"]", user.path("groups").toString());
    var masters = new Impersonation("bob", "", List.of("system:masters"), Map.of());
    assertEquals(403, actingAs("x", masters).code());
    var account = new Impersonation("system:serviceaccount:a:b", "", List.of(), Map.of());
    assertTrue(
        failure(() -> TestServer.tree(actingAs("x", account)))
            .getMessage()
            .startsWith("serviceaccounts \"b\" is forbidden"));
    assertEquals(403, actingAs("x", new Impersonation("bob", "7", List.of(), Map.of())).code());
    var extra = new Impersonation("bob", "", List.of(), Map.of("scopes", List.of("all")));
    assertTrue(
        failure(() -> TestServer.tree(actingAs("x", extra)))
            .getMessage()
            .contains("resource \"userextras/scopes\""));
    assertEquals(400, actingAs("x", new Impersonation("", "", List.of("g"), Map.of())).code());
  }

  @Test
  void reviewsAnswerForOthersAndForOneself() {
    allow("x", pods("'get'"));
    var may =
        "{'spec':{%s'resourceAttributes':{'namespace':'default','verb':'%s','resource':'pods'}}}";
    var self = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    var status = server.post(self, may.formatted("", "get")).path("status");
    assertEquals(true, status.path("allowed").asBoolean());
    assertEquals(
        "RBAC: allowed by RoleBinding \"x/default\" of Role \"x\" to User \"x\"",
        status.path("reason").asText());
    assertEquals(
        "false", server.post(self, may.formatted("", "list")).at("/status/allowed").asText());
    var others = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    var question = may.formatted("'user':'x',", "get");
    assertEquals(403, failure(() -> server.post(others, question)).code());
    root();
    assertEquals(true, server.post(others, question).at("/status/allowed").asBoolean());
    var local = "/apis/authorization.k8s.io/v1/namespaces/kube-system/localsubjectaccessreviews";
    assertEquals(422, failure(() -> server.post(local, question)).code());
    assertEquals(422, failure(() -> server.post(others, "{'spec':{'user':'x'}}")).code());
  }

  @Test
  void theRulesOfAUserAreListed() {
    allow("x", pods("'get'"));
    var status =
        server
            .post(
                "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                "{'spec':{'namespace':'default'}}")
            .path("status");
    assertEquals(false, status.path("incomplete").asBoolean());
    assertTrue(
        status
            .path("resourceRules")
            .toString()
            .contains("{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}"));
    assertTrue(status.path("nonResourceRules").toString().contains("/openapi/*"));
  }
}
