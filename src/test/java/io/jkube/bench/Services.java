package io.jkube.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.testing.BusyboxImage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ways through Services beside the direct ones, names beside dnsmasq. The programs that send and
 * serve run in the network of pods, not in their files: the ways are the same.
 */
record Services() implements Figure {
  private static final int ROUNDS = 9;
  private static final int SERVED = 7000;
  private static final long LIMIT_MILLIS = 10_000;
  private static final double LEAST_THROUGHPUT = 0.95;
  private static final double LEAST_CONNECTIONS = 0.9;
  private static final double LEAST_BALANCED = 0.5;
  private static final double MOST_ADDED_MILLIS = 0.2;
  private static final double LEAST_NAMES = 0.5;
  private static final double MOST_NAME_MILLIS = 5;
  private static final double MOST_CHANGE_MILLIS = 200;

  @Override
  public String word() {
    return "services";
  }

  @Override
  public String title() {
    return "ways through Services beside the direct ones, names beside dnsmasq";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new Unmeasurable("to send from a pod's network takes root");
    }
    Program.find("nsenter", "Debian, Ubuntu: apt-get install util-linux");
    var engine = RawEngine.find();
    var image = BusyboxImage.in(engine.address());
    try (var cluster = lab.cluster()) {
      return new Run(lab, cluster, engine).measure(image);
    }
  }

  /** One measurement on one cluster. */
  private record Run(Lab lab, RunningCluster cluster, RawEngine engine) {
    List<Finding> measure(String image) throws Exception {
      try (var running = Running.watch(cluster)) {
        for (var name : List.of("server", "client")) {
          cluster.send("POST", SampleObjects.PODS, SampleObjects.pod(name, image));
        }
        running.await(Set.of("server", "client"));
      }
      var address = podAddress();
      var objects = new ServiceObjects(cluster);
      objects.createMany();
      int balanced = freePort();
      var served = objects.create("served", "LoadBalancer", balanced);
      objects.slice("served", List.of(address), SERVED);
      var log = lab.folder().resolve("traffic.log");
      var server = lab.program().start(in("server", TrafficServer.class, "" + SERVED), log, log);
      try {
        var direct = address + ":" + SERVED;
        var cluster = served + ":" + balanced;
        var local = "127.0.0.1:" + balanced;
        for (var way : List.of(direct, cluster, local)) {
          awaitAnswer(way);
        }
        var findings = new ArrayList<Finding>();
        findings.addAll(throughCluster(direct, cluster));
        findings.addAll(throughLoopback(direct, local));
        findings.addAll(names());
        findings.addAll(changes(objects, address));
        return findings;
      } finally {
        server.destroyForcibly().waitFor();
      }
    }

    private List<Finding> throughCluster(String direct, String cluster) throws IOException {
      var bytes = traffic("client", "throughput", direct, cluster);
      var connections = traffic("client", "connections", direct, cluster);
      return List.of(
          Finding.Measured.of(
                  "pod to ClusterIP to pod, throughput",
                  Unit.MEBIBYTES_PER_SECOND,
                  bytes.get(1).median())
              .beside("pod to pod", bytes.get(0).median())
              .mustReach(new Target.RatioAtLeast(LEAST_THROUGHPUT))
              .noted("one connection"),
          Finding.Measured.of(
                  "new connections through a ClusterIP",
                  Unit.PER_SECOND,
                  connections.get(1).median())
              .beside("pod to pod", connections.get(0).median())
              .mustReach(new Target.RatioAtLeast(LEAST_CONNECTIONS))
              .noted("4 clients, a byte there and back"));
    }

    private List<Finding> throughLoopback(String direct, String local) throws IOException {
      var bytes = traffic("", "throughput", direct, local);
      var latency = traffic("", "latency", direct, local);
      double added = latency.get(1).median() - latency.get(0).median();
      return List.of(
          Finding.Measured.of(
                  "LoadBalancer on localhost, throughput",
                  Unit.MEBIBYTES_PER_SECOND,
                  bytes.get(1).median())
              .beside("this machine to pod", bytes.get(0).median())
              .mustReach(new Target.RatioAtLeast(LEAST_BALANCED)),
          Finding.Measured.of(
                  "LoadBalancer on localhost, added latency p50", Unit.MILLISECONDS, added)
              .mustReach(new Target.AtMost(MOST_ADDED_MILLIS))
              .noted(
                  "a byte there and back; direct "
                      + Unit.MILLISECONDS.text(latency.get(0).median())));
    }

    private List<Finding> names() throws Exception {
      var dnsmasq = Program.find("dnsmasq", "Debian, Ubuntu: apt-get install dnsmasq-base");
      var service = cluster.send("GET", ServiceObjects.KUBE_DNS, null);
      var ours = service.at("/spec/clusterIP").asText() + ":53";
      var gateway =
          cluster
              .send("GET", ServiceObjects.KUBE_DNS_SLICE, null)
              .at("/endpoints/0/addresses/0")
              .asText();
      int port = freePort();
      var records = new ArrayList<String>();
      for (var each : cluster.send("GET", ServiceObjects.SERVICES, null).path("items")) {
        var name = each.at("/metadata/name").asText() + ".default.svc.cluster.local";
        records.add("host-record=" + name + "," + each.at("/spec/clusterIP").asText());
      }
      var settings = Files.write(lab.folder().resolve("dnsmasq.conf"), records);
      var log = lab.folder().resolve("dnsmasq.log");
      var command =
          List.of(
              dnsmasq.toString(),
              "--keep-in-foreground",
              "--conf-file=" + settings,
              "--no-resolv",
              "--no-hosts",
              "--bind-interfaces",
              "--listen-address=" + gateway,
              "--port=" + port,
              "--user=root",
              "--pid-file=");
      var peer = lab.program().start(command, log, log);
      try {
        return names(ours, gateway + ":" + port);
      } finally {
        peer.destroy();
        peer.waitFor();
      }
    }

    private List<Finding> names(String ours, String dnsmasq) throws IOException {
      var rate = List.of(new Samples(), new Samples());
      var slowest = List.of(new Samples(), new Samples());
      var count = "" + ServiceObjects.MANY;
      var command = in("client", NameClient.class, "" + ROUNDS, count, ours, dnsmasq);
      for (var line : lab.program().run(command).expectSuccess().out().lines().toList()) {
        var words = line.split(" ");
        int server = Integer.parseInt(words[0]);
        rate.get(server).add(Double.parseDouble(words[1]));
        slowest.get(server).add(Double.parseDouble(words[2]));
      }
      return List.of(
          Finding.Measured.of(
                  "DNS questions, " + NameClient.CLIENTS + " clients",
                  Unit.PER_SECOND,
                  rate.get(0).median())
              .beside("dnsmasq, same records", rate.get(1).median())
              .mustReach(new Target.RatioAtLeast(LEAST_NAMES))
              .noted("from a pod, through kube-dns' ClusterIP"),
          Finding.Measured.of("  their p99", Unit.MILLISECONDS, slowest.get(0).median())
              .beside("dnsmasq, same records", slowest.get(1).median())
              .mustReach(new Target.AtMost(MOST_NAME_MILLIS)));
    }

    private List<Finding> changes(ServiceObjects objects, String address) throws Exception {
      var changes = new EndpointChanges(objects, address, SERVED);
      var note = ServiceObjects.MANY + " Services x " + ServiceObjects.ENDPOINTS + " endpoints";
      return List.of(
          Finding.Measured.of(
                  "endpoint change until the rules have it",
                  Unit.MILLISECONDS,
                  changes.untilRouted().median())
              .mustReach(new Target.AtMost(MOST_CHANGE_MILLIS))
              .noted(note),
          Finding.Measured.of(
                  "endpoint change until DNS has it",
                  Unit.MILLISECONDS,
                  changes.untilNamed(cluster.send("GET", ServiceObjects.KUBE_DNS, null)).median())
              .mustReach(new Target.AtMost(MOST_CHANGE_MILLIS))
              .noted(note));
    }

    /** What was measured along each way, in their order. */
    private List<Samples> traffic(String pod, String measure, String... ways) throws IOException {
      var words = new ArrayList<>(List.of(measure, "" + ROUNDS));
      words.addAll(List.of(ways));
      var command = in(pod, TrafficClient.class, words.toArray(String[]::new));
      var samples = List.of(new Samples(), new Samples());
      for (var line : lab.program().run(command).expectSuccess().out().lines().toList()) {
        var found = line.split(" ");
        samples.get(Integer.parseInt(found[0])).add(Double.parseDouble(found[1]));
      }
      return samples;
    }

    /** A program in the network of a pod; with no pod named, of this machine. */
    private List<String> in(String pod, Class<?> main, String... words) throws IOException {
      var command = new ArrayList<String>();
      if (!pod.isEmpty()) {
        var container = container(pod);
        command.addAll(List.of("nsenter", "-n", "-t", container.at("/State/Pid").asText()));
      }
      command.addAll(lab.java(main, words));
      return command;
    }

    private JsonNode container(String pod) throws IOException {
      for (var each : engine.labelled("io.jkube.cluster=" + cluster.name())) {
        if (each.at("/Names/0").asText().startsWith("/k8s_main_" + pod + "_")) {
          return engine.inspect(each.path("Id").asText());
        }
      }
      throw new IOException("no container of pod " + pod);
    }

    private String podAddress() throws IOException, InterruptedException {
      return cluster.send("GET", SampleObjects.PODS + "/server", null).at("/status/podIP").asText();
    }

    private void awaitAnswer(String way) throws IOException, InterruptedException {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
      while (!EndpointChanges.answers(TrafficClient.address(way))) {
        if (System.nanoTime() > end) {
          throw new IOException("nobody answers at " + way);
        }
        Thread.sleep(10);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
