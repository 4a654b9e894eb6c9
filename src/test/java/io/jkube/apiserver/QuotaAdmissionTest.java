package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static io.jkube.apiserver.TestServer.names;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What quotas let pass, refuse and charge; no controller runs. */
@Timeout(30)
final class QuotaAdmissionTest {
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String QUOTAS = CORE + "resourcequotas";
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  /** A quota whose status was told, as the controller does. */
  private void quota(String name, String hard, String used, String more) {
    var quota =
        server.post(
            QUOTAS,
            "{'metadata':{'name':'%s'},'spec':{'hard':{%s}%s}}".formatted(name, hard, more));
    quota.set("status", json("{'hard':{" + hard + "},'used':{" + used + "}}"));
    server.put(QUOTAS + "/" + name + "/status", quota);
  }

  private String used(String name) {
    return server.get(QUOTAS + "/" + name).at("/status/used").toString().replace('"', '\'');
  }

  private ObjectNode map(String name) {
    return server.post(CORE + "configmaps", "{'metadata':{'name':'" + name + "'}}");
  }

  private ObjectNode pod(String name, String resources, String more) {
    return server.post(
        CORE + "pods",
        "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'i','resources':{%s}}]%s}}"
            .formatted(name, resources, more));
  }

  @Test
  void countsWhatIsMade() {
    quota(
        "q",
        "'count/configmaps':'2','configmaps':'2','count/deployments.apps':'0'",
        "'count/configmaps':'0','configmaps':'0','count/deployments.apps':'0'",
        "");
    map("a");
    map("b");
    assertEquals(
        "{'configmaps':'2','count/configmaps':'2','count/deployments.apps':'0'}", used("q"));
    var refused = failure(() -> map("c"));
    assertEquals(StatusReason.FORBIDDEN, refused.reason());
    assertEquals(
        "configmaps \"c\" is forbidden: exceeded quota: q, requested:"
            + " configmaps=1,count/configmaps=1, used: configmaps=2,count/configmaps=2, limited:"
            + " configmaps=2,count/configmaps=2",
        refused.getMessage());
    var deployment =
        "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
    assertEquals(
        "deployments.apps \"d\" is forbidden: exceeded quota: q, requested:"
            + " count/deployments.apps=1, used: count/deployments.apps=0, limited:"
            + " count/deployments.apps=0",
        failure(() -> server.post("/apis/apps/v1/namespaces/default/deployments", deployment))
            .getMessage());
  }

  @Test
  void chargesWhatPodsAskFor() {
    quota(
        "q",
        "'pods':'5','requests.cpu':'1','limits.memory':'1Gi','requests.example.com/gpu':'2'",
        "'pods':'0','requests.cpu':'0','limits.memory':'0','requests.example.com/gpu':'0'",
        "");
    pod(
        "a",
        "'requests':{'cpu':'600m'},'limits':{'memory':'256Mi','cpu':'2','example.com/gpu':'1'}",
        "");
    assertEquals(
        "{'limits.memory':'256Mi','pods':'1','requests.cpu':'600m','requests.example.com/gpu':'1'}",
        used("q"));
    assertEquals(
        "pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used:"
            + " requests.cpu=600m, limited: requests.cpu=1",
        failure(() -> pod("b", "'requests':{'cpu':'500m'},'limits':{'memory':'1Mi'}", ""))
            .getMessage());
    assertEquals(
        "pods \"b\" is forbidden: failed quota: q: must specify limits.memory for: c; requests.cpu"
            + " for: c",
        failure(() -> pod("b", "", "")).getMessage());
  }

  @Test
  void scopesSayWhichPodsCount() {
    var none = "'pods':'0'";
    quota("best", "'pods':'1'", none, ",'scopes':['BestEffort']");
    quota("more", "'pods':'1'", none, ",'scopes':['NotBestEffort']");
    quota("ends", "'pods':'1'", none, ",'scopes':['Terminating']");
    quota(
        "high",
        "'pods':'0'",
        none,
        ",'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]}");
    server.post(
        "/apis/scheduling.k8s.io/v1/priorityclasses", "{'metadata':{'name':'high'},'value':7}");
    pod("a", "", "");
    pod("b", "'requests':{'cpu':'1m'}", ",'activeDeadlineSeconds':60");
    assertEquals(
        "{'pods':'1'}{'pods':'1'}{'pods':'1'}", used("best") + used("more") + used("ends"));
    assertEquals(
        "pods \"c\" is forbidden: exceeded quota: best, requested: pods=1, used: pods=1, limited:"
            + " pods=1",
        failure(() -> pod("c", "", "")).getMessage());
    assertEquals(
        "pods \"c\" is forbidden: exceeded quota: high, requested: pods=1, used: pods=0, limited:"
            + " pods=0",
        failure(() -> pod("c", "'requests':{'cpu':'1m'}", ",'priorityClassName':'high'"))
            .getMessage());
  }

  @Test
  void servicesAreChargedByTypeAlsoWhenItChanges() {
    quota(
        "q",
        "'services':'2','services.nodeports':'1','services.loadbalancers':'0'",
        "'services':'0','services.nodeports':'0','services.loadbalancers':'0'",
        "");
    server.post(
        CORE + "services",
        "{'metadata':{'name':'a'},'spec':{'type':'NodePort','ports':[{'port':80}]}}");
    server.post(CORE + "services", "{'metadata':{'name':'b'},'spec':{'ports':[{'port':80}]}}");
    assertEquals(
        "{'services':'2','services.loadbalancers':'0','services.nodeports':'1'}", used("q"));
    var change = "{'spec':{'type':'NodePort'}}";
    assertEquals(
        "services \"b\" is forbidden: exceeded quota: q, requested: services.nodeports=1, used:"
            + " services.nodeports=1, limited: services.nodeports=1",
        failure(() -> server.patch(CORE + "services/b", "application/merge-patch+json", change))
            .getMessage());
    server.patch(
        CORE + "services/a",
        "application/merge-patch+json",
        "{'spec':{'type':'ClusterIP','ports':[{'port':80,'nodePort':null}]}}");
    server.patch(CORE + "services/b", "application/merge-patch+json", change);
  }

  @Test
  void claimsAreChargedByClass() {
    quota(
        "q",
        "'gold.storageclass.storage.k8s.io/requests.storage':'3Gi','requests.storage':'10Gi'",
        "'gold.storageclass.storage.k8s.io/requests.storage':'0','requests.storage':'0'",
        "");
    var claim =
        "{'metadata':{'name':'%s'},'spec':{'storageClassName':'%s','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}}}";
    server.post(CORE + "persistentvolumeclaims", claim.formatted("a", "gold"));
    server.post(CORE + "persistentvolumeclaims", claim.formatted("b", "iron"));
    assertEquals(
        "{'gold.storageclass.storage.k8s.io/requests.storage':'2Gi','requests.storage':'4Gi'}",
        used("q"));
    failure(() -> server.post(CORE + "persistentvolumeclaims", claim.formatted("c", "gold")));
  }

  @Test
  void aWriteThatFailsIsNotCharged() {
    quota("q", "'configmaps':'2'", "'configmaps':'0'", "");
    map("a");
    failure(() -> map("a"));
    assertEquals("{'configmaps':'1'}", used("q"));
    server.post(CORE + "configmaps?dryRun=All", "{'metadata':{'name':'b'}}");
    assertEquals("{'configmaps':'1'}", used("q"));
  }

  @Test
  void aStatusThatTellsTooLittleLetsNoMorePass() {
    quota("q", "'configmaps':'2'", "'configmaps':'0'", "");
    map("a");
    map("b");
    var quota = server.get(QUOTAS + "/q");
    quota.set("status", json("{'hard':{'configmaps':'2'},'used':{'configmaps':'1'}}"));
    server.put(QUOTAS + "/q/status", quota);
    assertEquals(
        "configmaps \"c\" is forbidden: exceeded quota: q, requested: configmaps=1, used:"
            + " configmaps=2, limited: configmaps=2",
        failure(() -> map("c")).getMessage());
  }

  @Test
  void aQuotaWithoutItsStatusRefusesNothing() {
    server.post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'configmaps':'0'}}}");
    map("a");
  }

  @Test
  void manyAtOnceNeverGetMoreThanTheLimit() throws Exception {
    quota("q", "'configmaps':'10'", "'configmaps':'0'", "");
    var passed = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 40; i++) {
        var name = "m" + i;
        all.add(
            () -> {
              try {
                map(name);
                passed.incrementAndGet();
              } catch (ApiException full) {
                assertEquals(StatusReason.FORBIDDEN, full.reason());
              }
              return null;
            });
      }
      for (var each : threads.invokeAll(all)) {
        each.get();
      }
    }
    assertEquals(10, passed.get());
    assertEquals(10, names(server.get(CORE + "configmaps")).size());
    assertEquals("{'configmaps':'10'}", used("q"));
  }
}
