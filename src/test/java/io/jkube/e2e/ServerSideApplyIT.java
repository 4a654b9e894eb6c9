package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cluster.Cluster;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.StartupListener;
import io.jkube.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-side apply as kubectl 1.35 and helm 4 use it. The pods run in name only. */
final class ServerSideApplyIT {
  private static final StartSettings SETTINGS =
      new StartSettings(
          "apply", 0, 1, 0, StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));
  private static final long LIMIT_SECONDS = 60;

  /** A line each entry of managedFields. */
  private static final String MANAGERS =
      "{range .metadata.managedFields[*]}{.manager} {.operation} {.subresource} {.fieldsV1}{'\\n'}"
          + "{end}";

  @TempDir static Path home;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        Cluster.start(SETTINGS, environment(), InstantSource.system(), StartupListener.SILENT);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Map<String, String> environment() {
    return Map.of(
        "HOME", home.toString(),
        "JKUBE_HOME", home.resolve("jkube").toString(),
        "KUBECONFIG", home.resolve("kubeconfig").toString());
  }

  private static Outcome client(String program, String... words) throws Exception {
    var path = Path.of("target/clients", program).toAbsolutePath();
    assertTrue(Files.isExecutable(path), path + " is missing: bin/verify fetches it");
    var command = new ArrayList<>(List.of(path.toString()));
    command.addAll(List.of(words));
    var out = Files.createTempFile(home, "out", ".txt");
    var err = Files.createTempFile(home, "err", ".txt");
    var builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().putAll(environment());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    var process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
    assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> command + " does not end");
    return new Outcome(
        String.join(" ", command),
        process.exitValue(),
        Files.readString(out),
        Files.readString(err));
  }

  private static Outcome kubectl(String line) throws Exception {
    return client("kubectl", line.split(" "));
  }

  private static void write(String file, String text) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), text);
  }

  private static String managers(String object) throws Exception {
    return client("kubectl", "get", object, "-o", "jsonpath=" + MANAGERS).expectSuccess();
  }

  private static String configMap(String name, String data) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n" + data;
  }

  @Test
  void conflictsAreToldAndForced() throws Exception {
    write("c.yaml", configMap("c", "  a: one\n"));
    write("c2.yaml", configMap("c", "  a: two\n"));
    assertEquals(
        "configmap/c serverside-applied\n",
        kubectl("apply --server-side -f c.yaml").expectSuccess());
    var refused = kubectl("apply --server-side --field-manager=other -f c2.yaml");
    assertEquals(1, refused.exitCode());
    assertTrue(
        refused
            .stderr()
            .startsWith(
                "error: Apply failed with 1 conflict: conflict with \"kubectl\": .data.a\n"),
        refused::stderr);
    kubectl("apply --server-side --field-manager=other --force-conflicts -f c2.yaml")
        .expectSuccess();
    assertEquals("other Apply  {\"f:data\":{\"f:a\":{}}}\n", managers("configmap/c"));
    assertFalse(kubectl("get configmap c -o yaml").expectSuccess().contains("managedFields"));
    var whole = kubectl("get configmap c -o yaml --show-managed-fields").expectSuccess();
    assertTrue(whole.contains("    manager: other\n    operation: Apply\n"), whole);
  }

  @Test
  void diffShowsWhatAnApplyWouldChange() throws Exception {
    write("d.yaml", configMap("d", "  a: one\n"));
    kubectl("apply --server-side -f d.yaml").expectSuccess();
    assertEquals("", kubectl("diff --server-side -f d.yaml").expectSuccess());
    write("d.yaml", configMap("d", "  a: two\n"));
    var difference = kubectl("diff --server-side -f d.yaml");
    assertEquals(1, difference.exitCode());
    var changed = difference.stdout().lines().filter(line -> line.matches("[-+] .*")).toList();
    assertEquals(List.of("-  a: one", "+  a: two"), changed);
    assertEquals("one", kubectl("get configmap d -o jsonpath={.data.a}").expectSuccess());
  }

  @Test
  void kubectlGoesOverFromClientSideApplyAndBack() throws Exception {
    write("m.yaml", configMap("m", "  a: one\n  b: one\n"));
    kubectl("apply -f m.yaml").expectSuccess();
    var annotation =
        "{\"f:annotations\":{\".\":{},\"f:kubectl.kubernetes.io/last-applied-configuration\":{}}}";
    assertEquals(
        "kubectl-client-side-apply Update  {\"f:data\":{\".\":{},\"f:a\":{},\"f:b\":{}},"
            + "\"f:metadata\":"
            + annotation
            + "}\n",
        managers("configmap/m"));
    write("m.yaml", configMap("m", "  a: two\n"));
    kubectl("apply --server-side -f m.yaml").expectSuccess();
    assertEquals("{\"a\":\"two\"}", kubectl("get configmap m -o jsonpath={.data}").expectSuccess());
    assertTrue(managers("configmap/m").contains("kubectl Apply  {\"f:data\":{\"f:a\":{}}}\n"));
    assertFalse(managers("configmap/m").contains("kubectl-client-side-apply"));
    write("m.yaml", configMap("m", "  a: three\n"));
    assertEquals("configmap/m configured\n", kubectl("apply -f m.yaml").expectSuccess());
    kubectl("label configmap m x=y").expectSuccess();
    var managers = managers("configmap/m");
    assertTrue(
        managers.contains(
            "kubectl-label Update  {\"f:metadata\":{\"f:labels\":{\".\":{},\"f:x\":{}}}}"),
        managers);
    assertEquals("three", kubectl("get configmap m -o jsonpath={.data.a}").expectSuccess());
  }

  @Test
  void aScaleIsTheScalersOwn() throws Exception {
    kubectl("create deployment e --image=busybox:1.36 --replicas=1").expectSuccess();
    kubectl("scale deployment e --replicas=2").expectSuccess();
    var managers = managers("deployment/e");
    assertTrue(
        managers.contains("kubectl Update scale {\"f:spec\":{\"f:replicas\":{}}}\n"), managers);
    var created = managers.lines().filter(line -> line.startsWith("kubectl-create")).findFirst();
    assertFalse(created.orElseThrow().contains("f:replicas"), managers);
  }

  @Test
  void helmInstallsUpgradesRollsBackAndRemoves() throws Exception {
    write("chart/Chart.yaml", "apiVersion: v2\nname: small\nversion: 0.1.0\n");
    write("chart/values.yaml", "greeting: hello\n");
    write(
        "chart/templates/map.yaml",
        configMap("{{ .Release.Name }}", "  greeting: {{ .Values.greeting }}\n"));
    write(
        "chart/templates/service.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: {{ .Release.Name }}
        spec:
          selector:
            app: x
          ports:
          - port: 80
        """);
    var installed = client("helm", "install", "r", "chart").expectSuccess();
    assertTrue(installed.contains("STATUS: deployed\n"), installed);
    var managers = managers("service/r");
    assertTrue(
        managers.startsWith("helm Apply ")
            && managers.contains(
                "\"f:ports\":{\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:port\":{}}}"),
        managers);
    client("helm", "upgrade", "r", "chart", "--set", "greeting=bye").expectSuccess();
    var greeting = "get configmap r -o jsonpath={.data.greeting}";
    assertEquals("bye", kubectl(greeting).expectSuccess());
    client("helm", "rollback", "r", "1").expectSuccess();
    assertEquals("hello", kubectl(greeting).expectSuccess());
    client("helm", "uninstall", "r").expectSuccess();
    assertEquals(1, kubectl("get configmap r").exitCode());
  }
}
