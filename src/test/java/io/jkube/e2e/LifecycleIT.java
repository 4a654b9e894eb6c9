package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.testing.Outcome;
import io.jkube.testing.UserMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How clusters come, stay and go, with the real program on the engine in memory. */
@Timeout(180)
final class LifecycleIT {
  private UserMachine user;
  private String name;

  @BeforeEach
  void open() throws Exception {
    user = UserMachine.open();
    name = user.cluster();
  }

  @AfterEach
  void close() throws Exception {
    user.unset("DOCKER_HOST");
    user.close();
  }

  @Test
  void aSecondClusterLivesBesideTheFirst() throws Exception {
    start(name).expectSuccess();
    var port = url(name).substring("https://127.0.0.1:".length());
    var second = user.jkube("start", "--runtime", "fake", "--name", "other", "--port", port);
    second.expectSuccess();
    assertTrue(second.stderr().contains("Port " + port + " is taken"), second.stderr());
    assertNotEquals(url(name), url("other"));
    assertEquals("other", context());
    assertEquals(url(name), server(name));
    assertEquals(url("other"), server("other"), "the kubeconfig knows the port");

    user.kubectl("create", "-f", manifest("mine"), "--context", name).expectSuccess();
    var elsewhere = user.kubectl("get", "cm", "mine", "--context", "other");
    assertTrue(elsewhere.stderr().contains("NotFound"), elsewhere.toString());
    assertEquals(
        "configmap/mine\n",
        user.jkube("get", "cm", "mine", "-o", "name", "--cluster", name).expectSuccess());

    assertEquals(
        Set.of(name, "other"),
        Set.copyOf(user.jkube("list", "-o", "name").expectSuccess().lines().toList()));
    user.jkube("delete", "--name", "other").expectSuccess();
    assertEquals(name, context(), "the context before is current again");
    assertEquals("", server("other"));
    user.kubectl("get", "cm", "mine").expectSuccess();
    assertFalse(Files.exists(user.jkubeHome().resolve("other")));
  }

  @Test
  void aClusterThatRunsIsNotStartedAgain() throws Exception {
    start(name).expectSuccess();
    var pid = status(name).path("pid");
    user.kubectl("config", "unset", "current-context").expectSuccess();
    var again = start(name);
    again.expectSuccess();
    assertEquals("Cluster \"%s\" runs already: %s\n".formatted(name, url(name)), again.stderr());
    assertEquals(name, context(), "it is the current context all the same");
    var events = events(user.jkube("start", "--name", name, "-o", "json"));
    assertEquals(1, events.size());
    assertEquals("running", events.getFirst().path("event").asText());
    assertEquals(pid, status(name).path("pid"));
    var inForeground = user.jkube("start", "--foreground", "--name", name);
    assertEquals(0, inForeground.exitCode(), "it does not stay in the foreground");
  }

  @Test
  void startsAtTheSameTimeMakeOneServer() throws Exception {
    var starts = new ArrayList<Callable<Outcome>>();
    for (int i = 0; i < 3; i++) {
      starts.add(() -> start(name));
    }
    var pids = new ArrayList<String>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> ended : executor.invokeAll(starts)) {
        ended.get().expectSuccess();
        pids.add(status(name).path("pid").asText());
      }
    }
    assertEquals(1, Set.copyOf(pids).size(), pids.toString());
    user.kubectl("get", "nodes").expectSuccess();
  }

  @Test
  void theProgressIsToldInJson() throws Exception {
    var events =
        events(
            user.jkube("start", "--name", name, "--runtime", "fake", "--port", "0", "-o", "json"));
    for (var event : events.subList(0, events.size() - 1)) {
      assertTrue(
          Set.of("begun", "done", "told").contains(event.path("event").asText()), event.toString());
      assertFalse(event.path("step").asText().isEmpty(), event.toString());
      assertEquals(
          event.path("event").asText().equals("done"),
          event.path("millis").isInt(),
          event.toString());
    }
    var ready = events.getLast();
    assertEquals("ready", ready.path("event").asText());
    assertEquals(name, ready.path("cluster").asText());
    assertEquals(url(name), ready.path("server").asText());
    assertEquals(status(name).path("pid"), ready.path("pid"));
    assertEquals(1, ready.path("nodes").asInt());
    var begun = steps(events, "begun");
    assertEquals(begun, steps(events, "done"));
    assertTrue(begun.contains("Wait for the nodes"), begun.toString());
  }

  @Test
  void stoppedKilledAndStartedItIsAsItWas() throws Exception {
    user.jkube("start", "--name", name, "--runtime", "fake", "--port", "0", "--nodes", "2")
        .expectSuccess();
    var before = url(name);
    user.kubectl("create", "-f", manifest("kept")).expectSuccess();
    user.jkube("stop", "--name", name).expectSuccess();
    var stopped = user.jkube("status", "--name", name);
    assertEquals(1, stopped.exitCode());
    assertTrue(stopped.stdout().contains("Status:   Stopped"), stopped.toString());
    var refused = user.jkube("get", "cm", "--cluster", name);
    assertEquals(1, refused.exitCode());
    assertTrue(refused.stderr().contains("jkube start --name " + name), refused.stderr());
    assertEquals(0, user.jkube("stop", "--name", name).exitCode());

    user.jkube("start", "--name", name).expectSuccess();
    assertEquals(before, url(name), "the port it had");
    assertEquals(2, user.kubectl("get", "nodes", "-o", "name").expectSuccess().lines().count());
    kill(status(name).path("pid").asLong());
    assertEquals(1, user.jkube("status", "--name", name).exitCode());
    user.jkube("start", "--name", name).expectSuccess();
    assertEquals(before, url(name));
    user.kubectl("get", "cm", "kept").expectSuccess();
    assertEquals("Running", status(name).path("status").asText());
    assertEquals(0, user.jkube("logs-server", "--name", name).exitCode());
    Files.writeString(user.kubeconfig(), user.jkube("kubeconfig", "--name", name).expectSuccess());
    user.kubectl("get", "cm", "kept").expectSuccess();
  }

  @Test
  void signalsEndAServerInTheForeground() throws Exception {
    for (var signal : List.of("INT", "TERM")) {
      try (var server = user.foreground("--runtime", "fake", "--port", "0")) {
        server.awaitReady();
        user.kubectl("get", "nodes").expectSuccess();
        assertEquals(signal.equals("INT") ? 130 : 143, server.signal(signal));
      }
      assertEquals(1, user.jkube("status", "--name", name).exitCode());
    }
  }

  @Test
  void whatIsDeletedIsGoneAndOnlyThat() throws Exception {
    Files.writeString(user.kubeconfig(), PERSONS);
    start(name).expectSuccess();
    user.jkube("stop", "--name", name).expectSuccess();
    user.jkube("delete", "--name", name).expectSuccess();
    assertFalse(Files.exists(user.jkubeHome().resolve(name)));
    assertEquals(PERSONS, Files.readString(user.kubeconfig()));
    var again = user.jkube("delete", "--name", name);
    assertEquals(1, again.exitCode());
    assertEquals("error: there is no cluster \"" + name + "\"\n", again.stderr());
  }

  @Test
  void aKubeconfigThatIsNoneIsLeftAlone() throws Exception {
    start(name).expectSuccess();
    Files.writeString(user.kubeconfig(), "clusters: [\n");
    var other = user.jkube("start", "--name", "other", "--runtime", "fake", "--port", "0");
    assertEquals(1, other.exitCode(), other.toString());
    assertTrue(other.stderr().contains("is not a kubeconfig"), other.stderr());
    assertTrue(other.stderr().contains("in line 2"), other.stderr());
    assertEquals(1, user.jkube("status", "--name", "other").exitCode());

    var deleted = user.jkube("delete", "--name", name);
    assertEquals(0, deleted.exitCode(), deleted.toString());
    assertTrue(
        deleted.stderr().contains("warning: its entry in the kubeconfig stays"), deleted.stderr());
    assertFalse(Files.exists(user.jkubeHome().resolve(name)));
    assertEquals("clusters: [\n", Files.readString(user.kubeconfig()));
  }

  @Test
  void withoutAnEngineItSaysWhatWouldHelp() throws Exception {
    user.set("DOCKER_HOST", "unix://" + user.home().resolve("nowhere.sock"));
    var refused = user.jkube("start", "--name", name, "--port", "0");
    assertEquals(3, refused.exitCode(), refused.toString());
    assertTrue(refused.stderr().contains("no Docker engine answers"), refused.stderr());
    assertTrue(refused.stderr().contains("nowhere.sock"), refused.stderr());
    assertTrue(refused.stderr().contains("What would help:"), refused.stderr());
    user.jkube("delete", "--name", name).expectSuccess();
  }

  @Test
  void nodesThatDoNotGetReadyEndTheStart() throws Exception {
    var socket = user.home().resolve("engine.sock");
    try (var engine = HangingEngine.listen(socket)) {
      user.set("DOCKER_HOST", "unix://" + socket);
      var refused =
          user.jkube("start", "--name", name, "--port", "0", "--wait", "2s", "-o", "json");
      assertEquals(1, refused.exitCode(), refused.toString());
      var failed = events(refused).getLast();
      assertEquals("failed", failed.path("event").asText());
      var why =
          "not every node is Ready within 2s: node \"" + name + "\": its kubelet does not report";
      assertTrue(failed.path("text").asText().startsWith(why), failed.toString());
      assertTrue(refused.stderr().contains(why), refused.stderr());
      assertEquals(1, user.jkube("status", "--name", name).exitCode(), "the server ended");
    }
    user.unset("DOCKER_HOST");
  }

  @Test
  void theConfigFileIsReadAndItsFaultsAreNamed() throws Exception {
    var config = user.home().resolve("cluster.yaml");
    Files.writeString(config, "name: configured\nruntime: fake\nport: 0\nnodez: 2\n");
    var refused = user.jkube("start", "--config", config.toString());
    assertEquals(1, refused.exitCode());
    assertTrue(
        refused.stderr().startsWith("error: " + config + ":4: unknown setting \"nodez\""),
        refused.stderr());
    Files.writeString(
        config,
        "name: configured\nruntime: fake\nport: 0\nnodes: 2\nwait: 1m\ninstall-docker: false\ninsecure-port: 0\n");
    user.jkube("start", "--config", config.toString(), "--nodes", "3").expectSuccess();
    assertEquals(3, status("configured").path("nodes").asInt(), "a flag goes before the file");
    var help = user.jkube("help", "start").expectSuccess().replaceAll("\\s+", " ");
    assertTrue(help.contains("settings by the names of these flags"), help);
  }

  private static final String PERSONS =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - cluster:
          server: https://prod.example.com
        name: prod
      contexts:
      - context:
          cluster: prod
          user: me
        name: prod
      users:
      - name: me
        user:
          token: secret
      current-context: prod
      """;

  private Outcome start(String cluster) throws Exception {
    return user.jkube("start", "--name", cluster, "--runtime", "fake", "--port", "0");
  }

  private JsonNode status(String cluster) throws Exception {
    return parse(user.jkube("status", "--name", cluster, "-o", "json").expectSuccess());
  }

  private String url(String cluster) throws Exception {
    return status(cluster).path("server").asText();
  }

  private String context() throws Exception {
    return user.kubectl("config", "current-context").expectSuccess().strip();
  }

  /** The server of a context in the kubeconfig. */
  private String server(String context) throws Exception {
    var path = "jsonpath={.clusters[?(@.name==\"" + context + "\")].cluster.server}";
    return user.kubectl("config", "view", "-o", path).expectSuccess();
  }

  private String manifest(String configMap) throws Exception {
    var file = user.home().resolve(configMap + ".yaml");
    Files.writeString(
        file, "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + configMap + "}}");
    return file.toString();
  }

  /** {@code kill -9}, and its end. */
  private static void kill(long pid) throws Exception {
    var process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().get();
  }

  private static List<JsonNode> events(Outcome start) {
    return start.stdout().lines().map(LifecycleIT::parse).toList();
  }

  private static Set<String> steps(List<JsonNode> events, String event) {
    return events.stream()
        .filter(line -> line.path("event").asText().equals(event))
        .map(line -> line.path("step").asText())
        .collect(Collectors.toSet());
  }

  private static JsonNode parse(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
