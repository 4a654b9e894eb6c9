package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.Outcome;
import io.jkube.testing.UserMachine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person does with kubectl, of jkube's own version and of one long before, word by word. */
@Timeout(180)
final class KubectlIT {
  private static final String NEW = "kubectl";
  private static final String OLD = "kubectl-1.27";
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--port", "0").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  /** One kubectl in a namespace of its own. */
  private record Shell(String client, String namespace) {
    static Shell of(String client) throws Exception {
      var namespace = "n" + Long.toHexString(System.nanoTime());
      var shell = new Shell(client, namespace);
      shell.ok(
          "create",
          "-f",
          shell.file("ns", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + namespace));
      return shell;
    }

    Outcome run(String... words) throws Exception {
      var command = new ArrayList<>(List.of("-n", namespace));
      command.addAll(List.of(words));
      return user.client(client, command.toArray(String[]::new));
    }

    String ok(String... words) throws Exception {
      return run(words).expectSuccess();
    }

    /** Its output with runs of spaces as one and ages as AGE. */
    String table(String... words) throws Exception {
      return ok(words)
          .replaceAll(" \\d+[sm]\\d*s?\\b", " AGE")
          .replaceAll(" +", " ")
          .replaceAll(" \n", "\n");
    }

    String file(String name, String content) throws Exception {
      var file = user.home().resolve(namespace + "-" + name + ".yaml");
      Files.writeString(file, content);
      return file.toString();
    }
  }

  private static final String CONTROLLER =
      """
      apiVersion: v1
      kind: ReplicationController
      metadata:
        name: demo
      spec:
        replicas: 2
        selector: {app: demo}
        template:
          metadata:
            labels: {app: demo}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
            - {name: demo, image: %s, command: [sleep, '3600'], ports: [{containerPort: 6379}]}
      """
          .formatted(BusyboxImage.NAME);

  @Test
  void replicationControllersAreScaledAndExposed() throws Exception {
    var k = Shell.of(NEW);
    k.ok("create", "-f", k.file("rc", CONTROLLER));
    awaitRunning(k, 2);
    for (int replicas : List.of(1, 2)) {
      assertEquals(
          "replicationcontroller/demo scaled\n",
          k.ok("scale", "rc", "demo", "--replicas=" + replicas, "--timeout=60s"));
      awaitRunning(k, replicas);
    }

    assertEquals(
        "service/rm2 exposed\n",
        k.ok("expose", "rc", "demo", "--name=rm2", "--port=1234", "--target-port=6379"));
    assertEquals(
        "service/rm3 exposed\n",
        k.ok("expose", "service", "rm2", "--name=rm3", "--port=2345", "--target-port=6379"));
    for (var service : List.of("rm2", "rm3")) {
      user.await(
          "both pods behind " + service,
          () ->
              k.ok("get", "endpoints", service, "-o", "jsonpath={.subsets[*].addresses[*].ip}")
                      .split(" ")
                      .length
                  == 2);
      assertEquals(
          "6379", k.ok("get", "endpoints", service, "-o", "jsonpath={.subsets[*].ports[*].port}"));
    }
    assertEquals("1234", k.ok("get", "service", "rm2", "-o", "jsonpath={.spec.ports[0].port}"));
    assertEquals("2345", k.ok("get", "service", "rm3", "-o", "jsonpath={.spec.ports[0].port}"));
  }

  private static void awaitRunning(Shell k, int count) throws Exception {
    user.await(
        count + " running pods",
        () ->
            k.ok("get", "pods", "-l", "app=demo", "-o", "jsonpath={.items[*].status.phase}")
                .equals(String.join(" ", java.util.Collections.nCopies(count, "Running"))));
  }

  @Test
  void aDryRunOnTheServerChangesNothing() throws Exception {
    var k = Shell.of(NEW);
    k.ok("run", "web", "--image=" + BusyboxImage.NAME, "--", "sleep", "3600");
    k.ok(
        "patch",
        "pod",
        "web",
        "--dry-run=server",
        "-p",
        "{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"other:1\"}]}}");
    assertEquals(
        BusyboxImage.NAME, k.ok("get", "pod", "web", "-o", "jsonpath={.spec.containers[0].image}"));
  }

  @Test
  void aProxyServesTheApiOnAnyPortAndOnASocket() throws Exception {
    var seen = user.home().resolve("proxy.txt");
    var proxy = user.client(seen, NEW, "proxy", "--port=0", "--disable-filter");
    try {
      user.await("the proxy", () -> Files.readString(seen).contains("127.0.0.1:"));
      var port = Files.readString(seen).replaceAll("(?s).*127\\.0\\.0\\.1:(\\d+).*", "$1");
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
      assertTrue(versions(SocketChannel.open(address)).contains("\"v1\""));
    } finally {
      proxy.destroy();
    }
    var socket = user.home().resolve("proxy.sock");
    var listening = user.client(seen, NEW, "proxy", "--unix-socket=" + socket);
    try {
      user.await(
          "the socket", () -> Files.readString(seen).contains("Starting to serve on " + socket));
      var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
      assertTrue(versions(channel).contains("\"v1\""));
    } finally {
      listening.destroy();
    }
  }

  /** What {@code /api} answers. */
  private static String versions(SocketChannel channel) throws Exception {
    try (channel) {
      var question = "GET /api/ HTTP/1.0\r\nHost: localhost\r\n\r\n";
      channel.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW, OLD})
  void podsAreRunListedDescribedAndDeleted(String client) throws Exception {
    var k = Shell.of(client);
    assertEquals(
        "pod/web created\n",
        k.ok(
            "run",
            "web",
            "--image=" + BusyboxImage.NAME,
            "--port=80",
            "--env=A=b",
            "--labels=app=web",
            "--",
            "sleep",
            "3600"));
    k.ok("run", "alone", "--image=" + BusyboxImage.NAME, "--restart=Never", "--", "sleep", "3600");
    assertEquals(
        "pod/alone condition met\npod/web condition met\n",
        k.ok("wait", "--for=condition=Ready", "pod/alone", "pod/web", "--timeout=60s"));

    assertEquals(
        "NAME READY STATUS RESTARTS AGE\nalone 1/1 Running 0 AGE\nweb 1/1 Running 0 AGE\n",
        k.table("get", "pods"));
    assertEquals(
        "alone\nweb\n",
        k.ok(
            "get",
            "pods",
            "--sort-by=.metadata.name",
            "--no-headers",
            "-o",
            "custom-columns=N:.metadata.name"));
    var wide = k.table("get", "pods", "-l", "app=web", "-o", "wide");
    assertTrue(
        wide.matches(
            "(?s)NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES\nweb 1/1 Running 0 AGE 10\\.\\d+\\.\\d+\\.\\d+ "
                + user.cluster()
                + " <none> <none>\n"),
        wide);
    assertEquals(
        "NAME READY STATUS RESTARTS AGE LABELS\nweb 1/1 Running 0 AGE app=web\n",
        k.table("get", "pod", "web", "--show-labels"));
    assertEquals("pod/web\n", k.ok("get", "pods", "-l", "app in (web)", "-o", "name"));
    assertEquals(
        "pod/alone\npod/web\n",
        k.ok(
            "get", "pods", "--field-selector=status.phase=Running,spec.nodeName!=x", "-o", "name"));
    assertTrue(k.table("get", "pods", "-A").contains(k.namespace() + " web 1/1 Running 0 AGE\n"));
    assertEquals(
        "Running sleep,3600 b",
        k.ok(
            "get",
            "pod",
            "web",
            "-o",
            "jsonpath={.status.phase} {.spec.containers[0].args[0]},{.spec.containers[0].args[1]} {.spec.containers[0].env[?(@.name==\"A\")].value}"));
    assertEquals(
        "NAME   PORT\nweb    80\n",
        k.ok(
            "get",
            "pod",
            "web",
            "-o",
            "custom-columns=NAME:.metadata.name,PORT:.spec.containers[*].ports[*].containerPort"));
    assertTrue(k.ok("get", "pod", "web", "-o", "json").contains("\"qosClass\": \"BestEffort\""));
    assertTrue(k.ok("get", "pod", "web", "-o", "yaml").contains("\n  phase: Running\n"));

    var described = k.ok("describe", "pod", "web");
    for (var line :
        List.of(
            "Name:             web\n",
            "Status:           Running\n",
            "    Port:          80/TCP\n",
            "      A:  b\n",
            "Successfully assigned " + k.namespace() + "/web to " + user.cluster(),
            "Container image \"busybox:1.36\" already present on machine")) {
      assertTrue(described.contains(line), line + described);
    }
    var events =
        k.table(
            "get",
            "events",
            "--field-selector",
            "involvedObject.name=web",
            "--sort-by=.metadata.name");
    assertTrue(events.contains(" Normal Scheduled pod/web Successfully assigned"), events);
    var deleted = k.ok("delete", "pods", "--all", "--grace-period=1");
    assertTrue(
        deleted.contains("pod \"alone\" deleted") && deleted.contains("pod \"web\" deleted"),
        deleted);
    assertEquals(
        "No resources found in " + k.namespace() + " namespace.\n", k.run("get", "pods").stderr());
    assertEquals(
        "Error from server (NotFound): pods \"web\" not found\n",
        k.run("get", "pod", "web").stderr());
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW, OLD})
  void logsOfTheContainersThatAreAndWere(String client) throws Exception {
    var k = Shell.of(client);
    k.ok(
        "apply",
        "-f",
        k.file(
            "pod",
            """
        apiVersion: v1
        kind: Pod
        metadata: {name: two}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: a
            image: busybox:1.36
            command: ["sh", "-c", "echo one; echo two; sleep 1; echo three; exec sleep 3600"]
          - name: b
            image: busybox:1.36
            command: ["sh", "-c", "echo from-b; exit 3"]
        """));
    k.ok(
        "wait",
        "--for=jsonpath={.status.containerStatuses[1].restartCount}=1",
        "pod/two",
        "--timeout=60s");
    assertEquals("from-b\n", k.ok("logs", "two", "-c", "b", "-p"));
    var unnamed = k.run("logs", "two");
    assertEquals(
        "one\ntwo\n",
        unnamed.stdout().lines().limit(2).map(line -> line + "\n").reduce("", String::concat));
    assertTrue(
        unnamed.stderr().startsWith("Defaulted container \"a\" out of: a, b"), unnamed.stderr());
    var followed = user.home().resolve(k.namespace() + "-logs.txt");
    var follow = user.client(followed, client, "-n", k.namespace(), "logs", "two", "-c", "a", "-f");
    user.await("the third line", () -> Files.readString(followed).equals("one\ntwo\nthree\n"));
    assertTrue(follow.isAlive(), "it follows");
    assertEquals("three\n", k.ok("logs", "two", "-c", "a", "--tail=1", "--since=1h"));
    var stamped = k.ok("logs", "two", "-c", "a", "--timestamps", "--tail=1");
    assertTrue(
        stamped.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z three\n"), stamped);
    var none = k.run("logs", "two", "-c", "c");
    assertEquals(1, none.exitCode());
    assertTrue(none.stderr().contains("container c is not valid for pod two"), none.stderr());
    k.ok("delete", "pod", "two");
    follow.onExit().get();
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW, OLD})
  void objectsAreAppliedChangedComparedAndWatched(String client) throws Exception {
    var k = Shell.of(client);
    var map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  key: value\n";
    var manifest = k.file("map", map);
    var seen = user.home().resolve(k.namespace() + "-watch.txt");
    var watch =
        user.client(
            seen, client, "-n", k.namespace(), "get", "cm", "-l", "seen=yes", "-w", "-o", "name");
    assertEquals("configmap/settings created\n", k.ok("apply", "-f", manifest));
    assertEquals("configmap/settings unchanged\n", k.ok("apply", "-f", manifest));
    assertEquals("", k.ok("diff", "-f", manifest));
    Files.writeString(
        user.home().resolve(k.namespace() + "-map.yaml"), map.replace("value", "other"));
    var diff = k.run("diff", "-f", manifest);
    assertEquals(1, diff.exitCode(), diff.toString());
    var changed = diff.stdout().lines().filter(line -> line.matches("[-+][^-+].*")).toList();
    assertEquals(List.of("-  key: value", "+  key: other"), changed, diff.toString());
    assertEquals("configmap/settings configured\n", k.ok("apply", "-f", manifest));
    assertEquals("other", k.ok("get", "cm", "settings", "-o", "jsonpath={.data.key}"));
    assertEquals("configmap/settings replaced\n", k.ok("replace", "-f", manifest));

    assertEquals("configmap/settings labeled\n", k.ok("label", "cm", "settings", "seen=yes"));
    user.await("the watch to tell", () -> Files.readString(seen).contains("configmap/settings\n"));
    watch.destroy();
    assertEquals(
        "error: 'seen' already has a value (yes), and --overwrite is false\n",
        k.run("label", "cm", "settings", "seen=no").stderr());
    assertEquals("configmap/settings unlabeled\n", k.ok("label", "cm", "settings", "seen-"));
    assertTrue(
        k.ok("annotate", "cm", "settings", "note=hello").startsWith("configmap/settings annotate"));
    assertEquals(
        "configmap/settings patched\n",
        k.ok("patch", "cm", "settings", "-p", "{\"data\":{\"strategic\":\"1\"}}"));
    assertEquals(
        "configmap/settings patched\n",
        k.ok(
            "patch",
            "cm",
            "settings",
            "--type=merge",
            "-p",
            "{\"data\":{\"strategic\":null,\"merge\":\"1\"}}"));
    assertEquals(
        "configmap/settings patched\n",
        k.ok(
            "patch",
            "cm",
            "settings",
            "--type=json",
            "-p",
            "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"1\"}]"));
    assertEquals(
        "configmap/settings patched (no change)\n",
        k.ok("patch", "cm", "settings", "-p", "{\"data\":{\"json\":\"1\"}}"));
    assertEquals(
        "{\"json\":\"1\",\"key\":\"other\",\"merge\":\"1\"}",
        k.ok("get", "cm", "settings", "-o", "jsonpath={.data}"));
    user.set("KUBE_EDITOR", "sed -i s/other/edited/");
    assertEquals("configmap/settings edited\n", k.ok("edit", "cm", "settings"));
    user.set("KUBE_EDITOR", "true");
    assertTrue(
        (k.run("edit", "cm", "settings").stderr() + k.run("edit", "cm", "settings").stdout())
            .contains("Edit cancelled, no changes made."));
    assertEquals("edited", k.ok("get", "cm", "settings", "-o", "jsonpath={.data.key}"));
    assertEquals(
        "configmap/settings serverside-applied\n",
        k.ok("apply", "--server-side", "--force-conflicts", "-f", manifest));
    var unknown =
        k.run(
            "create",
            "-f",
            k.file("wrong", map.replace("data:", "dada:").replace("settings", "wrong")));
    assertTrue(unknown.stderr().contains("unknown field \"dada\""), unknown.toString());
    assertTrue(k.ok("delete", "-f", manifest).contains("configmap \"settings\" deleted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW, OLD})
  void theClusterIsExplained(String client) throws Exception {
    var k = Shell.of(client);
    var info = k.ok("cluster-info").replaceAll("\u001b\\[[0-9;]*m", "");
    assertTrue(info.startsWith("Kubernetes control plane is running at https://127.0.0.1:"), info);
    var resources = k.ok("api-resources");
    assertTrue(
        resources
            .lines()
            .map(line -> line.replaceAll(" +", " "))
            .toList()
            .contains("pods po v1 true Pod"),
        resources);
    assertTrue(
        k.ok("api-versions").lines().toList().containsAll(List.of("v1", "coordination.k8s.io/v1")));
    var explained = k.ok("explain", "pod.spec.containers.image");
    assertTrue(
        explained.contains("KIND:       Pod") && explained.contains("FIELD: image <string>"),
        explained);
    assertTrue(explained.contains("Container image name."), explained);
    assertTrue(k.ok("version").contains("v1.35.0+jkube."));
    var unknown = k.run("get", "nopes");
    assertEquals("error: the server doesn't have a resource type \"nopes\"\n", unknown.stderr());
    assertFalse(k.ok("get", "--raw", "/readyz").isEmpty());
    assertTrue(k.ok("describe", "node", user.cluster()).contains("Non-terminated Pods:"));
  }
}
