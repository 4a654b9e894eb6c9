package io.jkube.kubelet.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a pod's words to the engine's figures. */
final class ContainerConfigTest {
  private static final long GIB = 1L << 30;

  @TempDir Path folder;

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
    var amounts = Amounts.of(pod, only(pod), 4 * GIB);
    assertEquals(256, amounts.cpuShares());
    assertEquals(150_000, amounts.cpuQuota());
    assertEquals(100_000, amounts.cpuPeriod());
    assertEquals(2 * GIB, amounts.memoryBytes());
    assertEquals(750, amounts.oomScoreAdjust());

    var none = pod("'containers':[{'name':'a'}]");
    var least = Amounts.of(none, only(none), 4 * GIB);
    assertEquals(2, least.cpuShares());
    assertEquals(0, least.cpuQuota());
    assertEquals(1000, least.oomScoreAdjust());
  }

  @Test
  void rootIsRefusedWhereThePodForbidsIt() {
    var pod = pod("'securityContext':{'runAsNonRoot':true},'containers':[{'name':'a'}]");
    var failure = assertThrows(ConfigFailure.class, () -> Security.of(pod, only(pod), "", folder));
    assertEquals(
        "container has runAsNonRoot and image will run as root (pod: \"web_default(u)\","
            + " container: a)",
        failure.getMessage());
    assertThrows(ConfigFailure.class, () -> Security.of(pod, only(pod), "nginx", folder));
    assertNull(Security.of(pod, only(pod), "101:101", folder).user());
  }

  @Test
  void theContainersOwnSecurityContextWins() {
    var pod =
        pod(
            "'securityContext':{'runAsUser':1,'runAsGroup':2,'fsGroup':3,"
                + "'supplementalGroups':[4]},'containers':[{'name':'a','securityContext':{"
                + "'runAsUser':5,'allowPrivilegeEscalation':false,"
                + "'capabilities':{'add':['NET_ADMIN'],'drop':['ALL']}}}]");
    var security = Security.of(pod, only(pod), "", folder);
    assertEquals("5:2", security.user());
    assertEquals(List.of("4", "3"), security.groups());
    assertEquals(true, security.noNewPrivileges());
    assertEquals(List.of("NET_ADMIN"), security.capabilitiesAdd());
    assertEquals(List.of("ALL"), security.capabilitiesDrop());
    assertEquals("unconfined", security.seccompProfile());
  }

  @Test
  void whatThePodHasAsAWholeIsTheLimitOfWhoHasNone() {
    var pod =
        pod(
            "'resources':{'limits':{'cpu':'2','memory':'2Gi'},'requests':{'cpu':'2',"
                + "'memory':'2Gi'}},'containers':[{'name':'a'},{'name':'b','resources':{"
                + "'limits':{'memory':'1Gi'},'requests':{'memory':'1Gi'}}}]");
    assertEquals(QosClass.GUARANTEED, QosClass.of(pod));
    var first = Amounts.of(pod, pod.getSpec().getContainers().get(0), 4 * GIB);
    assertEquals(200_000, first.cpuQuota());
    assertEquals(2 * GIB, first.memoryBytes());
    var second = Amounts.of(pod, pod.getSpec().getContainers().get(1), 4 * GIB);
    assertEquals(GIB, second.memoryBytes());

    var burstable =
        pod("'resources':{'requests':{'memory':'2Gi'}},'containers':[{'name':'a'},{'name':'b'}]");
    assertEquals(QosClass.BURSTABLE, QosClass.of(burstable));
    assertEquals(750, Amounts.of(burstable, only(burstable), 4 * GIB).oomScoreAdjust());
  }

  @Test
  void aSeccompProfileOfThisMachineIsHandedOver() throws IOException {
    Files.createDirectory(folder.resolve("profiles"));
    Files.writeString(folder.resolve("profiles/strict.json"), "{}");
    assertEquals("{}", seccomp("profiles/strict.json"));
    for (var name : List.of("none.json", "../outside.json")) {
      var missing = assertThrows(ConfigFailure.class, () -> seccomp(name));
      assertTrue(missing.getMessage().startsWith("cannot load seccomp profile"));
    }
  }

  private String seccomp(String profile) {
    var pod =
        pod(
            "'securityContext':{'seccompProfile':{'type':'Localhost','localhostProfile':'%s'}},"
                    .formatted(profile)
                + "'containers':[{'name':'a'}]");
    return Security.of(pod, only(pod), "", folder).seccompProfile();
  }

  @Test
  void variablesComeFromAFileOfQuotedValues() throws IOException {
    var file = folder.resolve("config.env");
    Files.writeString(
        file,
        "# what was found\n\n  A='one'\nB='two\nlines' # and more\nE=\nC='say \"$x\"'\n"
            + "D=bare\n");
    assertEquals(Optional.of("one"), EnvironmentFile.value(file, "A", false));
    assertEquals(Optional.of("two\nlines"), EnvironmentFile.value(file, "B", false));
    assertEquals(Optional.of(""), EnvironmentFile.value(file, "E", false));
    assertEquals(Optional.of("say \"$x\""), EnvironmentFile.value(file, "C", false));
    var bare = assertThrows(ConfigFailure.class, () -> EnvironmentFile.value(file, "Z", true));
    assertEquals(
        "invalid environment variable format at line 8: value must be enclosed in single quotes",
        bare.getMessage());
  }

  @Test
  void aFileOfVariablesMayBeMissingWhereThePodSaysSo() throws IOException {
    var none = folder.resolve("none.env");
    assertEquals(Optional.empty(), EnvironmentFile.value(none, "A", true));
    assertThrows(ConfigFailure.class, () -> EnvironmentFile.value(none, "A", false));
    var secret = Files.writeString(folder.resolve("secret"), "A='hush'\n");
    var link = Files.createSymbolicLink(folder.resolve("link.env"), secret);
    assertThrows(ConfigFailure.class, () -> EnvironmentFile.value(link, "A", true));
  }

  private Sandboxes sandboxes(List<String> dns) {
    return new Sandboxes("node", new PodDns(dns, "cluster.local"), null, false);
  }

  @Test
  void clusterFirstAsksTheClusterWhereThereIsOne() {
    var pod = pod("'dnsConfig':{'options':[{'name':'ndots','value':'2'}]},'containers':[]");
    var with = sandboxes(List.of("10.96.0.10")).of(pod, 0);
    assertEquals(List.of("10.96.0.10"), with.dnsServers());
    assertEquals(
        List.of("default.svc.cluster.local", "svc.cluster.local", "cluster.local"),
        with.dnsSearches());
    assertEquals(List.of("ndots:2"), with.dnsOptions());
    var without = sandboxes(List.of()).of(pod, 0);
    assertTrue(without.dnsServers().isEmpty() && without.dnsSearches().isEmpty());
    assertEquals("web", without.hostname());
  }
}
