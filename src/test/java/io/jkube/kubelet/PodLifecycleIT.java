package io.jkube.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.docker.Tar;
import io.jkube.kubelet.stream.LogOptions;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words, hooks, probes and last words of containers, on a real Docker Engine. One node for all. */
final class PodLifecycleIT {
  private static final String IMAGE = "'image':'busybox:1.36','imagePullPolicy':'IfNotPresent'";

  @TempDir static Path folder;
  private static DockerFixture docker;
  private static ContainerRuntime runtime;
  private static TestNode node;

  @BeforeAll
  static void open() throws IOException {
    BusyboxImage.in(DockerFixture.ENGINE);
    docker = DockerFixture.open();
    runtime = docker.cluster().runtime(TestNode.NODE);
    node = new TestNode(runtime, folder);
  }

  @AfterAll
  static void close() {
    node.stopKubelet();
    runtime.sandboxes().forEach(sandbox -> runtime.removeSandbox(sandbox.id()));
    node.close();
    docker.close();
  }

  @Test
  void hooksAreCalledAfterTheStartAndBeforeTheEnd() throws IOException {
    node.createPod(
        "server",
        "'terminationGracePeriodSeconds':0,'containers':["
            + container(
                "a",
                shell(
                    "cd /tmp && touch exec-began exec-ends http-began http-ends"
                        + " && exec httpd -f -vv -p 8080 -h /tmp"))
            + "]");
    var address = node.awaitPhase("server", "Running").at("/status/podIP").asText();
    var wget = "{'exec':{'command':['wget','-qO-','http://%s:8080/%s']}}";
    var get = "{'httpGet':{'host':'%s','port':8080,'path':'/%s'}}";
    for (var way : List.of("exec", "http")) {
      var hook = way.equals("exec") ? wget : get;
      node.createPod(
          way,
          "'terminationGracePeriodSeconds':5,'containers':["
              + container(
                  "a",
                  "'command':['sh','-c','trap exit TERM; while true; do sleep 0.1; done'],"
                      + "'lifecycle':{'postStart':%s,'preStop':%s}"
                          .formatted(
                              hook.formatted(address, way + "-began"),
                              hook.formatted(address, way + "-ends")))
              + "]");
      node.awaitPhase(way, "Running");
      node.awaitThat(() -> output("server", "a").contains("/" + way + "-began"));
      assertTrue(!output("server", "a").contains("/" + way + "-ends"));
      node.delete(way, 5);
      node.awaitGone(way);
      assertTrue(output("server", "a").contains("/" + way + "-ends"), output("server", "a"));
    }
  }

  @Test
  void lastWordsComeFromTheFileOrWhereItFailedFromTheLog() {
    var fallback = "'terminationMessagePolicy':'FallbackToLogsOnError',";
    words("silent", fallback + "'command':['echo','DONE']");
    words("file", fallback + shell("echo -n OK > /dev/termination-log; echo DONE"));
    words("log", fallback + shell("echo -n DONE; exit 1"));
    words(
        "own",
        "'securityContext':{'runAsUser':1000},'terminationMessagePath':'/dev/own',"
            + shell("echo -n OK > /dev/own"));
    assertEquals("", message("silent", "Succeeded"));
    assertEquals("OK", message("file", "Succeeded"));
    assertEquals("DONE", message("log", "Failed"));
    assertEquals("OK", message("own", "Succeeded"));
  }

  private static void words(String pod, String fields) {
    node.createPod(pod, "'restartPolicy':'Never','containers':[" + container("a", fields) + "]");
  }

  private static String message(String pod, String phase) {
    return TestNode.container(node.awaitPhase(pod, phase), 0)
        .at("/state/terminated/message")
        .asText();
  }

  @Test
  void variablesTellOfThePodAndItsResources() throws IOException {
    var env = new StringBuilder("'env':[");
    for (var field : List.of("metadata.uid", "status.hostIPs")) {
      env.append(
          "{'name':'F_%s','valueFrom':{'fieldRef':{'fieldPath':'%s'}}},"
              .formatted(field.substring(field.indexOf('.') + 1), field));
    }
    for (var kind : List.of("limits.cpu", "limits.memory", "requests.cpu", "requests.memory")) {
      env.append(
          "{'name':'%s','valueFrom':{'resourceFieldRef':{'resource':'%s'}}},"
              .formatted(kind.replace('.', '_'), kind));
    }
    env.append("{'name':'END','value':''}],'command':['env']");
    var given =
        "'resources':{'limits':{'cpu':'1250m','memory':'64Mi'},'requests':{'cpu':'250m',"
            + "'memory':'32Mi'}},";
    node.createPod(
        "vars",
        "'restartPolicy':'Never','containers':["
            + container("a", given + env)
            + ","
            + container("b", env.toString())
            + "]");
    var uid = node.awaitPhase("vars", "Succeeded").at("/metadata/uid").asText();
    var lines = List.of(output("vars", "a").split("\n"));
    var wanted =
        List.of(
            "F_uid=" + uid,
            "F_hostIPs=10.0.0.5",
            "limits_cpu=2",
            "limits_memory=67108864",
            "requests_cpu=1",
            "requests_memory=33554432");
    assertTrue(lines.containsAll(wanted), lines::toString);
    var other = List.of(output("vars", "b").split("\n"));
    assertTrue(other.contains("limits_cpu=" + runtime.info().cpus()), other::toString);
    assertTrue(
        other.stream().anyMatch(line -> line.matches("limits_memory=[1-9]\\d{8,}")),
        other::toString);
  }

  @Test
  void aFailedInitContainerEndsAPodThatIsNotRestarted() {
    node.createPod(
        "init",
        "'restartPolicy':'Never','initContainers':["
            + container("i", shell("exit 1"))
            + "],'containers':["
            + container("a", "'command':['true']")
            + "]");
    var pod = node.awaitPhase("init", "Failed");
    assertTrue(TestNode.container(pod, 0).at("/state/waiting").isObject(), pod::toPrettyString);
    TestNode.assertCondition(pod, "Initialized", "False", "ContainersNotInitialized");
  }

  @Test
  void namesOfAliasesAreInTheHostsFile() throws IOException {
    node.createPod(
        "aliases",
        "'restartPolicy':'Never','hostAliases':[{'ip':'123.45.67.89','hostnames':['foo','bar']}],"
            + "'containers':["
            + container("a", "'command':['cat','/etc/hosts']")
            + "]");
    node.awaitPhase("aliases", "Succeeded");
    assertTrue(output("aliases", "a").contains("123.45.67.89\tfoo\tbar"));
  }

  @Test
  void theHostsFileIsTheKubeletsUnlessAContainerMountsItsOwn() throws IOException {
    node.createPod(
        "hosts",
        "'restartPolicy':'Never','hostname':'querier','subdomain':'dns','containers':["
            + container("a", shell("cat /etc/hosts; ping -c 1 querier; ping -c 1 localhost"))
            + ","
            + container(
                "b",
                "'command':['cat','/etc/hosts'],"
                    + "'volumeMounts':[{'name':'own','mountPath':'/etc/hosts'}]")
            + "],'volumes':[{'name':'own','hostPath':{'path':'/etc/hosts','type':'File'}}]");
    var address = node.awaitPhase("hosts", "Succeeded").at("/status/podIP").asText();
    var managed = "# Kubernetes-managed hosts file.\n";
    var names = address + "\tquerier.dns.default.svc.cluster.local\tquerier\n";
    var said = output("hosts", "a");
    assertTrue(said.startsWith(managed) && said.contains(names), said);
    assertTrue(said.contains("PING querier (" + address + ")"), said);
    assertTrue(!output("hosts", "b").contains(managed));

    node.createPod(
        "hosts-of-machine",
        "'restartPolicy':'Never','hostNetwork':true,"
            + "'hostAliases':[{'ip':'123.45.67.89','hostnames':['foo']}],'containers':["
            + container("a", "'command':['cat','/etc/hosts']")
            + "]");
    node.awaitPhase("hosts-of-machine", "Succeeded");
    var ofMachine = output("hosts-of-machine", "a");
    assertTrue(!ofMachine.contains(managed), ofMachine);
    assertTrue(ofMachine.contains("# Kubernetes-managed hosts file (host network).\n"), ofMachine);
    assertTrue(ofMachine.contains("localhost"), ofMachine);
    assertTrue(ofMachine.contains("123.45.67.89\tfoo\n"), ofMachine);
  }

  @Test
  void kernelParametersAreThePodsAndPrivilegesNobodys() throws IOException {
    node.createPod(
        "kernel",
        "'restartPolicy':'Never','securityContext':{'sysctls':[{'name':'kernel.shm_rmid_forced',"
            + "'value':'1'}]},'containers':["
            + container(
                "a",
                "'securityContext':{'privileged':false},"
                    + shell(
                        "cat /proc/sys/kernel/shm_rmid_forced;"
                            + " ip link add dummy0 type dummy 2>&1 || true"))
            + "]");
    node.awaitPhase("kernel", "Succeeded");
    var said = output("kernel", "a");
    assertTrue(said.startsWith("1\n"), said);
    assertTrue(said.contains("Operation not permitted"), said);
  }

  @Test
  void onlyWhoFailsItsLivenessProbeIsRestarted() {
    var probe =
        "'livenessProbe':{'initialDelaySeconds':2,'periodSeconds':1,'timeoutSeconds':9,%s},";
    var http = probe.formatted("'httpGet':{'port':8080,'path':'/healthz'}");
    var tcp = probe.formatted("'tcpSocket':{'port':8081}");
    var exec =
        probe.formatted("'exec':{'command':['sh','-c','cat /tmp/health > /proc/1/fd/1']}")
            + shell("echo well > /tmp/health; exec sleep 3600");
    node.createPod(
        "alive",
        "'terminationGracePeriodSeconds':0,'containers':["
            + container(
                "http", http + shell("touch /tmp/healthz; exec httpd -f -vv -p 8080 -h /tmp"))
            + ","
            + container("tcp", tcp + shell("exec httpd -f -p 8081 -h /bin"))
            + ","
            + container("exec", exec)
            + "]");
    node.awaitPhase("alive", "Running");
    node.awaitThat(() -> asked("http", "/healthz") >= 2 && asked("exec", "well") >= 2);
    var pod = node.pod("alive");
    assertEquals(List.of(0, 0, 0), restarts(pod));
    var id = TestNode.container(pod, 0).path("containerID").asText().replaceFirst(".*//", "");
    runtime.exec(id, List.of("rm", "/tmp/healthz"), Duration.ofSeconds(10));
    pod = node.await("alive", p -> restarts(p).getFirst() > 0);
    assertEquals(List.of(0, 0), restarts(pod).subList(1, 3));
  }

  private static List<Integer> restarts(ObjectNode pod) {
    return pod.at("/status/containerStatuses")
        .valueStream()
        .map(status -> status.path("restartCount").asInt())
        .toList();
  }

  @Test
  void thePodsWordsStandForTheImages() throws IOException {
    var image = "words-of-" + docker.name() + ":1";
    var recipe = "FROM busybox:1.36\nENTRYPOINT [\"echo\", \"image\"]\nCMD [\"default\"]\n";
    var folder = new Tar().file("Dockerfile", recipe.getBytes(StandardCharsets.US_ASCII));
    ask("POST", "/build?t=" + image, folder.bytes());
    try {
      var containers = new ArrayList<String>();
      for (var words :
          List.of(
              "",
              ",'args':['own']",
              ",'command':['echo','c']",
              ",'command':['echo','c'],'args':['own']")) {
        containers.add(
            "{'name':'c%d','image':'%s','imagePullPolicy':'Never'%s}"
                .formatted(containers.size(), image, words));
      }
      node.createPod(
          "words", "'restartPolicy':'Never','containers':[" + String.join(",", containers) + "]");
      node.awaitPhase("words", "Succeeded");
      assertEquals("image default\n", output("words", "c0"));
      assertEquals("image own\n", output("words", "c1"));
      assertEquals("c\n", output("words", "c2"));
      assertEquals("c own\n", output("words", "c3"));
    } finally {
      node.delete("words", 0);
      node.awaitGone("words");
      ask("DELETE", "/images/" + image + "?force=true", null);
    }
  }

  private static void ask(String method, String path, byte[] body) throws IOException {
    var request = Request.builder();
    request.method(method).path("/v1.41" + path);
    if (body != null) {
      request.putHeader("Content-Type", "application/x-tar").body(new ByteArrayInputStream(body));
    }
    try (var client = DockerFixture.ENGINE.client(Duration.ofMinutes(1));
        var response = client.execute(request.build())) {
      var said = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(200, response.getStatusCode(), said);
    }
  }

  private static long asked(String container, String mark) {
    return output("alive", container).lines().filter(line -> line.contains(mark)).count();
  }

  private static String container(String name, String fields) {
    return "{'name':'%s',%s,%s}".formatted(name, IMAGE, fields);
  }

  private static String shell(String script) {
    return "'command':['sh','-c','" + script + "']";
  }

  private static String output(String pod, String container) {
    try (var in = node.kubelet().logs().open("default", pod, container, LogOptions.ALL)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
