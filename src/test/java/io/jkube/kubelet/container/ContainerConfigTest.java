package io.jkube.kubelet.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a pod's words to the engine's figures. */
final class ContainerConfigTest {
  private static final long GIB = 1L << 30;

  private static Pod pod(String spec) {
    var text = "{'metadata':{'name':'web','namespace':'default','uid':'u'},'spec':{" + spec + "}}";
    return Json.as(Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), Pod.class);
  }

  private static Container only(Pod pod) {
    return pod.getSpec().getContainers().getFirst();
  }

  @Test
  void namesInParenthesesAreExpanded() {
    var variables = Map.of("A", "1", "B_C", "two");
    assertEquals("1-two", Expansion.of("$(A)-$(B_C)", variables));
    assertEquals("$(A) $(D) $x $(A", Expansion.of("$$(A) $(D) $x $(A", variables));
    assertEquals("$", Expansion.of("$$", variables));
  }

  @Test
  void durationsReadAsInUpstreamsMessages() {
    assertEquals("0s", GoDuration.of(Duration.ZERO));
    assertEquals("85ms", GoDuration.of(Duration.ofMillis(85)));
    assertEquals("1.204s", GoDuration.of(Duration.ofMillis(1204)));
    assertEquals("1.2s", GoDuration.of(Duration.ofMillis(1200)));
    assertEquals("1m20s", GoDuration.of(Duration.ofSeconds(80)));
    assertEquals("5m0s", GoDuration.of(Duration.ofMinutes(5)));
    assertEquals("1h0m5s", GoDuration.of(Duration.ofSeconds(3605)));
  }

  @Test
  void backOffDoublesToItsLongestAndBeginsAnewAfterQuiet() {
    var backoff = new Backoff(Backoff.INITIAL, Backoff.LONGEST);
    var now = Instant.EPOCH;
    assertEquals(Duration.ZERO, backoff.delay("a", now));
    for (int seconds : new int[] {10, 20, 40, 80, 160, 300, 300}) {
      backoff.next("a", now, now);
      assertEquals(Duration.ofSeconds(seconds), backoff.delay("a", now));
      now = now.plusSeconds(seconds);
    }
    assertEquals(Duration.ZERO, backoff.delay("b", now));
    var later = now.plus(Duration.ofMinutes(10));
    assertEquals(Duration.ZERO, backoff.delay("a", later));
    backoff.next("a", later, later);
    assertEquals(Backoff.INITIAL, backoff.delay("a", later));
  }

  @Test
  void serviceVariablesAreThoseOfDockersLinks() {
    var text =
        "{'metadata':{'name':'my-db'},'spec':{'clusterIP':'10.96.0.7','ports':["
            + "{'name':'sql-tcp','port':5432,'protocol':'TCP'}]}}";
    var service = Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    var variables = ServiceVariables.of(List.of(service));
    assertEquals("10.96.0.7", variables.get("MY_DB_SERVICE_HOST"));
    assertEquals("5432", variables.get("MY_DB_SERVICE_PORT"));
    assertEquals("5432", variables.get("MY_DB_SERVICE_PORT_SQL_TCP"));
    assertEquals("tcp://10.96.0.7:5432", variables.get("MY_DB_PORT"));
    assertEquals("tcp://10.96.0.7:5432", variables.get("MY_DB_PORT_5432_TCP"));
    assertEquals("tcp", variables.get("MY_DB_PORT_5432_TCP_PROTO"));
    assertEquals("5432", variables.get("MY_DB_PORT_5432_TCP_PORT"));
    assertEquals("10.96.0.7", variables.get("MY_DB_PORT_5432_TCP_ADDR"));
    assertEquals(8, variables.size(), variables::toString);
  }

  @Test
  void theClassOfServiceFollowsRequestsAndLimits() {
    var both = "'resources':{'requests':{'cpu':'1','memory':'1Gi'},'limits':{'cpu':'1000m',";
    assertEquals(
        QosClass.GUARANTEED,
        QosClass.of(pod("'containers':[{'name':'a'," + both + "'memory':'1024Mi'}}}]")));
    assertEquals(
        QosClass.BURSTABLE,
        QosClass.of(pod("'containers':[{'name':'a'," + both + "'memory':'2Gi'}}}]")));
    assertEquals(QosClass.BEST_EFFORT, QosClass.of(pod("'containers':[{'name':'a'}]")));
  }

  @Test
  void amountsBecomeCgroupFigures() {
    var pod =
        pod(
            "'containers':[{'name':'a','resources':{'requests':{'cpu':'250m','memory':'1Gi'},"
                + "'limits':{'cpu':'1500m','memory':'2Gi'}}}]");
    var amounts = Amounts.of(only(pod), QosClass.of(pod), 4 * GIB);
    assertEquals(256, amounts.cpuShares());
    assertEquals(150_000, amounts.cpuQuota());
    assertEquals(100_000, amounts.cpuPeriod());
    assertEquals(2 * GIB, amounts.memoryBytes());
    assertEquals(750, amounts.oomScoreAdjust());

    var none = pod("'containers':[{'name':'a'}]");
    var least = Amounts.of(only(none), QosClass.of(none), 4 * GIB);
    assertEquals(2, least.cpuShares());
    assertEquals(0, least.cpuQuota());
    assertEquals(1000, least.oomScoreAdjust());
  }

  @Test
  void rootIsRefusedWhereThePodForbidsIt() {
    var pod = pod("'securityContext':{'runAsNonRoot':true},'containers':[{'name':'a'}]");
    var failure = assertThrows(ConfigFailure.class, () -> Security.of(pod, only(pod), ""));
    assertEquals(
        "container has runAsNonRoot and image will run as root (pod: \"web_default(u)\","
            + " container: a)",
        failure.getMessage());
    assertThrows(ConfigFailure.class, () -> Security.of(pod, only(pod), "nginx"));
    assertNull(Security.of(pod, only(pod), "101:101").user());
  }

  @Test
  void theContainersOwnSecurityContextWins() {
    var pod =
        pod(
            "'securityContext':{'runAsUser':1,'runAsGroup':2,'fsGroup':3,"
                + "'supplementalGroups':[4]},'containers':[{'name':'a','securityContext':{"
                + "'runAsUser':5,'allowPrivilegeEscalation':false,"
                + "'capabilities':{'add':['NET_ADMIN'],'drop':['ALL']}}}]");
    var security = Security.of(pod, only(pod), "");
    assertEquals("5:2", security.user());
    assertEquals(List.of("4", "3"), security.groups());
    assertEquals(true, security.noNewPrivileges());
    assertEquals(List.of("NET_ADMIN"), security.capabilitiesAdd());
    assertEquals(List.of("ALL"), security.capabilitiesDrop());
    assertEquals("unconfined", security.seccompProfile());
  }

  @Test
  void clusterFirstAsksTheClusterWhereThereIsOne() {
    var pod = pod("'dnsConfig':{'options':[{'name':'ndots','value':'2'}]},'containers':[]");
    var with = new Sandboxes("node", new PodDns(List.of("10.96.0.10"), "cluster.local")).of(pod, 0);
    assertEquals(List.of("10.96.0.10"), with.dnsServers());
    assertEquals(
        List.of("default.svc.cluster.local", "svc.cluster.local", "cluster.local"),
        with.dnsSearches());
    assertEquals(List.of("ndots:2"), with.dnsOptions());
    var without = new Sandboxes("node", new PodDns(List.of(), "cluster.local")).of(pod, 0);
    assertTrue(without.dnsServers().isEmpty() && without.dnsSearches().isEmpty());
    assertEquals("web", without.hostname());
  }
}
