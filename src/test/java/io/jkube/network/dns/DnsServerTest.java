package io.jkube.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The cluster's names over real sockets on the loopback address. */
@Timeout(30)
final class DnsServerTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private final KnownServices objects = new KnownServices();
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    objects.services.add(
        KnownServices.json(
            "{'metadata':{'namespace':'team','name':'web'},'spec':{'clusterIP':'10.96.1.1',"
                + "'clusterIPs':['10.96.1.1'],'ports':[{'name':'http','protocol':'TCP',"
                + "'port':80}]}}"));
    objects.services.add(
        KnownServices.json(
            "{'metadata':{'namespace':'team','name':'db'},'spec':{'clusterIP':'None',"
                + "'clusterIPs':['None'],'ports':[{'name':'sql','protocol':'TCP','port':5432}]}}"));
    objects.services.add(
        KnownServices.json(
            "{'metadata':{'namespace':'team','name':'outside'},'spec':{'type':'ExternalName',"
                + "'externalName':'example.test'}}"));
    objects.slices.add(
        KnownServices.json(
            "{'metadata':{'namespace':'team','labels':{'kubernetes.io/service-name':'db'}},"
                + "'ports':[{'name':'sql','protocol':'TCP','port':5432}],'endpoints':["
                + "{'addresses':['10.244.0.5'],'hostname':'db-0','conditions':{'ready':true}},"
                + "{'addresses':['10.244.0.6'],'conditions':{'ready':true}},"
                + "{'addresses':['10.244.0.7'],'conditions':{'ready':false}}]}"));
    server = start(List.of());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aServiceIsItsClusterIp() throws Exception {
    var reply = ask("web.team.svc.cluster.local", Type.A);
    assertEquals(0, reply.code());
    assertEquals(List.of("10.96.1.1"), reply.addresses());
    assertEquals(List.of("10.96.1.1"), ask("WEB.Team.svc.cluster.LOCAL", Type.A).addresses());
  }

  @Test
  void aHeadlessServiceIsItsReadyEndpoints() throws Exception {
    var reply = ask("db.team.svc.cluster.local", Type.A);
    assertEquals(
        new TreeSet<>(List.of("10.244.0.5", "10.244.0.6")), new TreeSet<>(reply.addresses()));
    assertEquals(List.of("10.244.0.5"), ask("db-0.db.team.svc.cluster.local", Type.A).addresses());
    assertEquals(
        List.of("10.244.0.6"), ask("10-244-0-6.db.team.svc.cluster.local", Type.A).addresses());
  }

  @Test
  void portsAreServers() throws Exception {
    var one = ask("_http._tcp.web.team.svc.cluster.local", Type.SRV);
    assertEquals(1, one.answers());
    assertTrue(one.text().contains("0050"), "port 80 in " + one.text());
    assertEquals(2, ask("_sql._tcp.db.team.svc.cluster.local", Type.SRV).answers());
    assertEquals(3, ask("_no._tcp.web.team.svc.cluster.local", Type.SRV).code());
  }

  @Test
  void addressesHaveNames() throws Exception {
    assertEquals(1, ask("1.1.96.10.in-addr.arpa", Type.PTR).answers());
    assertEquals(1, ask("5.0.244.10.in-addr.arpa", Type.PTR).answers());
  }

  @Test
  void podsHaveNamesMadeOfTheirAddresses() throws Exception {
    assertEquals(
        List.of("10.244.3.4"), ask("10-244-3-4.team.pod.cluster.local", Type.A).addresses());
    assertEquals(3, ask("nothing.team.pod.cluster.local", Type.A).code());
  }

  @Test
  void theVersionOfTheSpecificationIsTold() throws Exception {
    var text = ask("dns-version.cluster.local", Type.TXT).text();
    assertTrue(
        text.contains(HexFormat.of().formatHex("1.1.0".getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void unknownNamesAreUnknownAndKnownOnesHaveNothingOfOtherTypes() throws Exception {
    var unknown = ask("nope.team.svc.cluster.local", Type.A);
    assertEquals(3, unknown.code());
    assertEquals(0, unknown.answers());
    var noIpv6 = ask("web.team.svc.cluster.local", Type.AAAA);
    assertEquals(0, noIpv6.code());
    assertEquals(0, noIpv6.answers());
    assertEquals(3, ask("google.com.cluster.local", Type.A).code());
  }

  @Test
  void tcpAnswersAsUdpDoes() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var query = Query.of("web.team.svc.cluster.local", Type.A);
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(query.length + 2)
                  .putShort((short) query.length)
                  .put(query)
                  .array());
      var in = new DataInputStream(socket.getInputStream());
      var reply = new Received(in.readNBytes(in.readUnsignedShort()));
      assertEquals(List.of("10.96.1.1"), reply.addresses());
    }
  }

  @Test
  void whatDoesNotFitIntoADatagramIsCutAndSaysSo() throws Exception {
    var endpoints = new ArrayList<String>();
    for (int i = 1; i <= 100; i++) {
      endpoints.add("{'addresses':['10.244.1." + i + "']}");
    }
    objects.slices.set(
        0,
        KnownServices.json(
            "{'metadata':{'namespace':'team','labels':{'kubernetes.io/service-name':'db'}},"
                + "'endpoints':["
                + String.join(",", endpoints)
                + "]}"));
    var reply = ask("db.team.svc.cluster.local", Type.A);
    assertTrue(reply.truncated());
    assertTrue(reply.bytes().length <= 512);
    assertTrue(reply.answers() > 0);
  }

  @Test
  void otherNamesAreAskedOfOtherServersOnce() throws Exception {
    try (var other = new Fixed()) {
      server.close();
      server = start(List.of(other.address()));
      assertEquals(List.of("192.0.2.77"), ask("example.test", Type.A).addresses());
      assertEquals(List.of("192.0.2.77"), ask("example.test", Type.A).addresses());
      assertEquals(1, other.asked());
      var outside = ask("outside.team.svc.cluster.local", Type.A);
      assertEquals(List.of("192.0.2.77"), outside.addresses());
      assertEquals(2, outside.answers(), "the alias and the address");
    }
  }

  @Test
  void whereNobodyElseAnswersTheQuestionFails() throws Exception {
    assertEquals(Rcode.SERVFAIL, ask("example.test", Type.A).code());
  }

  @Test
  void garbageIsNotAnsweredAndHurtsNobody() throws Exception {
    try (var socket = new DatagramSocket()) {
      var garbage = new byte[] {1, 2, 3};
      socket.send(new DatagramPacket(garbage, 3, InetAddress.getLoopbackAddress(), server.port()));
      var looping = new byte[20];
      Arrays.fill(looping, (byte) 0xc0);
      socket.send(new DatagramPacket(looping, 20, InetAddress.getLoopbackAddress(), server.port()));
    }
    assertEquals(0, ask("web.team.svc.cluster.local", Type.A).code());
  }

  private DnsServer start(List<InetSocketAddress> others) throws Exception {
    return DnsServer.start("127.0.0.1", 0, "cluster.local", objects, others, CLOCK);
  }

  private Received ask(String name, int type) throws Exception {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(10_000);
      var query = Query.of(name, type);
      socket.send(
          new DatagramPacket(query, query.length, InetAddress.getLoopbackAddress(), server.port()));
      var packet = new DatagramPacket(new byte[4096], 4096);
      socket.receive(packet);
      var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
      assertEquals(ByteBuffer.wrap(query).getShort(0), ByteBuffer.wrap(bytes).getShort(0));
      return new Received(bytes);
    }
  }

  private record Received(byte[] bytes) {
    int code() {
      return bytes[3] & 0xf;
    }

    boolean truncated() {
      return (bytes[2] & 2) != 0;
    }

    int answers() {
      return ByteBuffer.wrap(bytes).getShort(6);
    }

    List<String> addresses() throws Exception {
      var texts = new ArrayList<String>();
      for (var address : ForeignAnswer.read(bytes).orElseThrow().addresses(Type.A)) {
        texts.add(InetAddress.getByAddress(address).getHostAddress());
      }
      return texts;
    }

    String text() {
      return HexFormat.of().formatHex(bytes);
    }
  }

  /** A name server elsewhere: whatever it is asked, it knows one address. */
  private static final class Fixed implements AutoCloseable {
    private final DatagramSocket socket;
    private volatile int asked;

    Fixed() throws Exception {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::answer);
    }

    InetSocketAddress address() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int asked() {
      return asked;
    }

    @Override
    public void close() {
      socket.close();
    }

    private void answer() {
      try {
        while (!socket.isClosed()) {
          var packet = new DatagramPacket(new byte[512], 512);
          socket.receive(packet);
          asked++;
          var query = Arrays.copyOf(packet.getData(), packet.getLength());
          var question = Question.read(query).orElseThrow();
          var address = new DnsRecord.Address(question.name(), new byte[] {(byte) 192, 0, 2, 77});
          var reply = new Reply(question, 0, Answer.of(List.of(address)), "test").bytes(512);
          socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (java.io.IOException closed) {
        // The test is over.
      }
    }
  }
}
