package io.jkube.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.cli.Cli;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.Interruption;
import io.jkube.cli.command.Terminal;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import io.jkube.cluster.Cluster;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.StartupListener;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the scripts of all shells get to hear, from a cluster in this process. */
final class CompleteTest {
  @TempDir static Path home;

  private static Map<String, String> environment;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    environment =
        Map.of(
            "HOME", home.toString(),
            "JKUBE_HOME", home.resolve("clusters").toString(),
            "KUBECONFIG", home.resolve("kubeconfig").toString());
    var settings =
        new StartSettings(
            "tab", 0, 1, 0, StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));
    cluster = Cluster.start(settings, environment, InstantSource.system(), StartupListener.SILENT);
    create("/api/v1/namespaces", "{metadata: {name: dev}}");
    create("/api/v1/namespaces/default/configmaps", "{metadata: {name: colours}}");
    create("/api/v1/namespaces/dev/configmaps", "{metadata: {name: shapes}}");
    create(
        "/api/v1/namespaces/default/pods",
        """
        {metadata: {name: web}, spec: {containers: [{name: main, image: i}, {name: side, image: i}],
          initContainers: [{name: prepare, image: i}]}}
        """);
    create(
        "/api/v1/namespaces/default/pods",
        "{metadata: {name: worker}, spec: {containers: [{name: main, image: i}]}}");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void commandsAndTheirSubcommands() {
    assertEquals(List.of("start", "stop", "status"), complete("st"));
    assertEquals(List.of("dump"), complete("cluster-info", "d"));
    assertEquals(List.of("generic"), complete("create", "secret", "gen"));
    assertEquals(List.of("get"), complete("-n", "dev", "ge"));
    assertEquals(List.of("help"), complete("hel"));
    assertEquals(List.of("pod"), complete("help", "create", "po"));
    assertFalse(complete("").contains("__complete"));
    assertFalse(complete("").contains("delete-cluster"));
    assertEquals(List.of(), complete("no", "such", ""));
  }

  @Test
  void deleteOffersObjectsAndTheCluster() {
    assertTrue(complete("delete", "").containsAll(List.of("cluster", "pods")));
    assertEquals(List.of("web", "worker"), complete("delete", "pod", "w"));
    assertEquals(List.of("--name"), complete("delete", "cluster", "--n"));
  }

  @Test
  void flagsOnceUnlessTheyMayBeRepeated() {
    assertEquals(List.of("--watch", "--watch-only"), complete("get", "pods", "--watch"));
    assertEquals(List.of("--watch-only"), complete("get", "pods", "-w", "--watch"));
    assertEquals(List.of("--env"), complete("create", "pod", "x", "--env", "A=1", "--en"));
    assertTrue(complete("get", "-").containsAll(List.of("-n", "--namespace")));
    assertTrue(complete("get", "--").stream().allMatch(flag -> flag.startsWith("--")));
    assertEquals(List.of("--namespace", "--cluster"), complete("--"));
  }

  @Test
  void valuesOfFlags() {
    assertEquals(List.of("yaml"), complete("get", "pods", "-o", "y"));
    assertEquals(List.of("--output=name"), complete("get", "pods", "--output=na"));
    assertEquals(List.of("go-template=", "go-template-file="), complete("get", "pods", "-o", "go"));
    assertEquals(List.of("wide"), complete("api-resources", "-o", "w"));
    assertEquals(List.of("json"), complete("status", "-o", ""));
    assertEquals(
        List.of("Always", "IfNotPresent", "Never"),
        complete("create", "pod", "x", "--image-pull-policy", ""));
    assertEquals(List.of("tab"), complete("get", "--cluster", ""));
    assertEquals(List.of("tab"), complete("stop", "--name", "t"));
    assertEquals(List.of(), complete("wait", "--timeout", ""));
  }

  @Test
  void filesAreLeftToTheShell() {
    assertEquals(List.of(":files"), complete("create", "-f", "po"));
    assertEquals(List.of(":files"), complete("create", "--filename=po"));
    assertEquals(List.of(":files"), complete("create", "pod", "x", "--", ""));
  }

  @Test
  void namespaces() {
    assertEquals(List.of("default", "dev"), complete("get", "pods", "-n", "de"));
    assertEquals(List.of("--namespace=dev"), complete("get", "pods", "--namespace=dev"));
    assertEquals(List.of("dev"), complete("-n", "dev"));
  }

  @Test
  void kindsByDiscovery() {
    assertEquals(List.of("configmaps"), complete("get", "conf"));
    assertEquals(List.of("pods,secrets"), complete("get", "pods,secr"));
    var kinds = complete("get", "");
    assertEquals(kinds.stream().distinct().toList(), kinds, "no kind twice");
  }

  @Test
  void namesOfObjects() {
    assertEquals(List.of("web", "worker"), complete("get", "pods", ""));
    assertEquals(List.of("web"), complete("get", "po", "we"));
    assertEquals(List.of("worker"), complete("get", "pods", "web", ""), "what is named already");
    assertEquals(List.of("tab"), complete("describe", "node", ""));
    assertEquals(List.of("pod/web"), complete("get", "pod/we"));
    assertEquals(List.of("configmaps/"), complete("get", "pod/web", "conf"));
    assertEquals(List.of("web", "worker"), complete("logs", ""));
    assertEquals(List.of("web", "worker"), complete("trace", "pod", ""));
    assertEquals(List.of("pods/web", "pods/worker"), complete("wait", "--for", "delete", "pods/w"));
  }

  @Test
  void namesInTheNamespaceMeant() {
    assertTrue(complete("get", "cm", "").contains("colours"));
    assertEquals(List.of("shapes"), complete("get", "cm", "-n", "dev", "sh"));
    assertEquals(List.of("shapes"), complete("get", "cm", "-ndev", "s"));
    assertEquals(List.of("shapes"), complete("-n", "dev", "get", "cm", "--namespace=dev", "s"));
    assertEquals(List.of(), complete("get", "cm", "sh"));
  }

  @Test
  void containersOfThePodNamed() {
    assertEquals(List.of("main", "side", "prepare"), complete("logs", "web", "-c", ""));
    assertEquals(List.of("side"), complete("logs", "pod/web", "--container", "s"));
    assertEquals(List.of("main"), complete("logs", "worker", ""));
    assertEquals(List.of(), complete("logs", "-c", ""));
    assertEquals(List.of(), complete("logs", "nobody", "-c", ""));
  }

  @Test
  void helpAndDashesAreOnlyWords() {
    assertEquals(List.of("--help"), complete("get", "--help"));
    assertEquals(List.of("web", "worker"), complete("get", "pods", "--unknown", "w"));
    assertEquals(List.of(), complete("get", "nosuchkind", ""));
  }

  @Test
  void withoutAClusterCommandsAndFlagsAreKnown() {
    Supplier<Transport> none =
        () -> {
          throw new CommandFailure("not running");
        };
    assertEquals(List.of("start", "stop", "status"), complete(none, "st"));
    assertEquals(List.of("--watch-only"), complete(none, "get", "pods", "--watch-"));
    assertEquals(List.of(), complete(none, "get", "pods", ""));
    assertEquals(List.of(), complete(none, "get", "-n", ""));
  }

  @Test
  void descriptionsFollowATab() {
    assertEquals("get\tDisplay one or many objects\n", answer(cluster::administrator, "get"));
    assertEquals(
        "pods\tPod\npods.metrics.k8s.io\tPodMetrics\n",
        answer(cluster::administrator, "get", "pods"));
  }

  private static List<String> complete(String... words) {
    return complete(cluster::administrator, words);
  }

  private static List<String> complete(Supplier<Transport> api, String... words) {
    return answer(api, words).lines().map(line -> line.split("\t")[0]).toList();
  }

  private static String answer(Supplier<Transport> api, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var context =
        new CommandContext(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            environment,
            home,
            Terminal.NONE,
            "tab",
            "",
            api,
            InstantSource.system(),
            new Interruption(),
            new Cli(),
            Optional.empty());
    var line = new ArrayList<>(List.of(words));
    line.addFirst("__complete");
    assertEquals(0, new Cli().run(line, context));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void create(String path, String yaml) throws Exception {
    var object = Json.tree(new Yaml().load(yaml));
    cluster.administrator().send(ApiCall.of("POST", path, Map.of(), object));
  }
}
