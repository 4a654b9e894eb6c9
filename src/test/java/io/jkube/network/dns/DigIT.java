package io.jkube.network.dns;

import static io.jkube.network.dns.KnownServices.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.testing.Shell;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Kubernetes DNS-Based Service Discovery", version 1.1, record by record, as Debian's {@code dig}
 * reads it.
 */
@Timeout(60)
final class DigIT {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String ZONE = "cluster.local";
  private static final String TEAM = "team.svc.cluster.local.";

  @TempDir Path scratch;
  private final KnownServices objects = new KnownServices();
  private final KnownServices others = new KnownServices();
  private DnsServer elsewhere;
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    objects.services.add(service("web", "'clusterIP':'10.96.1.1','clusterIPs':['10.96.1.1']"));
    objects.services.add(service("db", "'clusterIP':'None','clusterIPs':['None']"));
    objects.services.add(service("idle", "'clusterIP':'None','clusterIPs':['None']"));
    objects.services.add(
        json(
            "{'metadata':{'namespace':'team','name':'outside'},'spec':{'type':'ExternalName',"
                + "'externalName':'web.team.svc.example.test'}}"));
    objects.services.add(
        json(
            "{'metadata':{'namespace':'team','name':'inside'},'spec':{'type':'ExternalName',"
                + "'externalName':'web.team.svc.cluster.local'}}"));
    objects.slices.add(
        slice(
            "{'addresses':['10.244.0.5'],'hostname':'db-0'}",
            "{'addresses':['10.244.0.6'],'conditions':{'ready':true}}",
            "{'addresses':['10.244.0.7'],'hostname':'db-2','conditions':{'ready':false}}"));
    others.services.add(service("web", "'clusterIP':'192.0.2.1','clusterIPs':['192.0.2.1']"));
    others.services.add(service("db", "'clusterIP':'None','clusterIPs':['None']"));
    others.slices.add(slice(many(100)));
    elsewhere = serve("example.test", others, List.of());
    server =
        serve(
            ZONE,
            objects,
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), elsewhere.port())));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    elsewhere.close();
  }

  @Test
  void addressesOfServices() throws Exception {
    assertEquals(List.of("10.96.1.1"), shortly("web." + TEAM, "A"));
    assertEquals(List.of("10.96.1.1"), shortly("WEB.Team.SVC.cluster.local.", "A"));
    assertEquals(
        List.of("10.244.0.5", "10.244.0.6"), shortly("db." + TEAM, "A"), "only those ready");
  }

  @Test
  void addressesOfSingleEndpoints() throws Exception {
    assertEquals(List.of("10.244.0.5"), shortly("db-0.db." + TEAM, "A"));
    assertEquals(List.of("10.244.0.6"), shortly("10-244-0-6.db." + TEAM, "A"));
    assertStatus("NXDOMAIN", "db-2.db." + TEAM, "A");
    assertEquals(List.of("10.244.3.4"), shortly("10-244-3-4.team.pod.cluster.local.", "A"));
  }

  @Test
  void serversOfPorts() throws Exception {
    assertEquals(List.of("0 100 80 web." + TEAM), shortly("_http._tcp.web." + TEAM, "SRV"));
    assertEquals(
        List.of("0 100 80 10-244-0-6.db." + TEAM, "0 100 80 db-0.db." + TEAM),
        shortly("_http._tcp.db." + TEAM, "SRV"));
    var additional = dig("_http._tcp.db." + TEAM, "SRV", "+noall", "+additional");
    assertTrue(additional.contains("10.244.0.5") && additional.contains("10.244.0.6"), additional);
    assertStatus("NXDOMAIN", "_http._udp.web." + TEAM, "SRV");
  }

  @Test
  void namesOfAddresses() throws Exception {
    assertEquals(List.of("web." + TEAM), shortly("1.1.96.10.in-addr.arpa.", "PTR"));
    assertEquals(List.of("db-0.db." + TEAM), shortly("5.0.244.10.in-addr.arpa.", "PTR"));
  }

  @Test
  void externalNamesInAndOutOfTheCluster() throws Exception {
    assertEquals(
        List.of("192.0.2.1", "web.team.svc.example.test."), shortly("outside." + TEAM, "A"));
    assertEquals(List.of("10.96.1.1", "web." + TEAM), shortly("inside." + TEAM, "A"));
    assertEquals(List.of("web." + TEAM), shortly("inside." + TEAM, "CNAME"));
  }

  @Test
  void theZoneItself() throws Exception {
    assertEquals(List.of("\"1.1.0\""), shortly("dns-version.cluster.local.", "TXT"));
    assertEquals(List.of("kube-dns.kube-system.svc.cluster.local."), shortly(ZONE, "NS"));
    assertTrue(shortly(ZONE, "SOA").getFirst().startsWith("ns.dns.cluster.local. "));
  }

  @Test
  void whatIsNotThereIsDeniedByTheZone() throws Exception {
    for (var name : List.of("nobody." + TEAM, "idle." + TEAM, "web.none.svc.cluster.local.")) {
      assertStatus("NXDOMAIN", name, "A");
    }
    assertStatus("NOERROR", "web." + TEAM, "AAAA");
    assertEquals(List.of(), shortly("web." + TEAM, "AAAA"));
    var denial = dig("web." + TEAM, "AAAA", "+noall", "+authority");
    assertTrue(denial.matches("(?s)cluster\\.local\\.\\s+5\\s+IN\\s+SOA\\s.*"), denial);
  }

  @Test
  void whatDoesNotFitIsCutUnlessTheClientTakesMoreOrComesByTcp() throws Exception {
    objects.slices.set(0, slice(many(100)));
    var cut = dig("db." + TEAM, "A", "+noedns", "+ignore");
    assertTrue(cut.contains("flags: qr aa tc rd ra"), cut);
    int fit = shortly("db." + TEAM, "A", "+noedns", "+ignore").size();
    assertTrue(fit > 20 && fit < 100, fit + " addresses in 512 bytes");
    assertEquals(100, shortly("db." + TEAM, "A", "+noedns").size(), "asked again by TCP");
    assertEquals(100, shortly("db." + TEAM, "A", "+bufsize=4096", "+ignore").size());
    var extended = dig("db." + TEAM, "A", "+bufsize=4096", "+ignore");
    assertTrue(extended.contains("EDNS: version: 0") && !extended.contains(" tc "), extended);
    assertFalse(dig("web." + TEAM, "A", "+noedns").contains("EDNS"));
  }

  @Test
  void otherZonesAreAskedOfOthersOverBothProtocolsAndKept() throws Exception {
    assertEquals(List.of("192.0.2.1"), shortly("web.team.svc.example.test.", "A"));
    assertEquals(100, shortly("db.team.svc.example.test.", "A", "+noedns").size(), "by TCP");
    var cut = dig("db.team.svc.example.test.", "A", "+noedns", "+ignore");
    assertTrue(cut.contains("flags: qr aa tc rd ra") && cut.contains("ANSWER: 0"), cut);
    assertStatus("NXDOMAIN", "late.team.svc.example.test.", "A");
    elsewhere.close();
    assertEquals(List.of("192.0.2.1"), shortly("web.team.svc.example.test.", "A"), "kept");
    assertStatus("NXDOMAIN", "late.team.svc.example.test.", "A");
    assertStatus("SERVFAIL", "other.team.svc.example.test.", "A");
  }

  @Test
  void answersFollowTheEndpointsAtOnce() throws Exception {
    objects.slices.set(0, slice("{'addresses':['10.244.9.9']}"));
    assertEquals(List.of("10.244.9.9"), shortly("db." + TEAM, "A"));
  }

  private static DnsServer serve(
      String zone, ServiceRecords records, List<InetSocketAddress> others) throws Exception {
    return DnsServer.start("127.0.0.1", 0, zone, records, others, CLOCK);
  }

  private void assertStatus(String status, String name, String type) throws Exception {
    var said = dig(name, type);
    assertTrue(said.contains("status: " + status + ","), said);
  }

  /** The data of the answers, sorted. */
  private List<String> shortly(String name, String type, String... flags) throws Exception {
    var all = new ArrayList<>(List.of("+short"));
    all.addAll(List.of(flags));
    var lines = dig(name, type, all.toArray(String[]::new)).lines();
    return List.copyOf(
        lines.filter(line -> !line.startsWith(";")).collect(Collectors.toCollection(TreeSet::new)));
  }

  private String dig(String name, String type, String... flags) throws Exception {
    var command = new ArrayList<>(List.of("dig", "@127.0.0.1", "-p", "" + server.port()));
    command.addAll(List.of("+tries=1", "+time=10", "-q", name, "-t", type));
    command.addAll(List.of(flags));
    var environment = Map.of("PATH", System.getenv("PATH"), "HOME", scratch.toString());
    return Shell.run(scratch, environment, command).expectSuccess();
  }

  private static ObjectNode service(String name, String spec) {
    return json(
        "{'metadata':{'namespace':'team','name':'%s'},'spec':{%s,'ports':[{'name':'http','protocol':'TCP','port':80}]}}"
            .formatted(name, spec));
  }

  private static ObjectNode slice(String... endpoints) {
    return json(
        "{'metadata':{'namespace':'team','labels':{'kubernetes.io/service-name':'db'}},'ports':[{'name':'http','protocol':'TCP','port':80}],'endpoints':[%s]}"
            .formatted(String.join(",", endpoints)));
  }

  private static String[] many(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "{'addresses':['10.244.1." + i + "']}")
        .toArray(String[]::new);
  }
}
