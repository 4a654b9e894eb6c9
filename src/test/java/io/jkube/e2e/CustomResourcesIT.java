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

/** Custom resources as kubectl 1.35 and helm 4 use them. The pods run in name only. */
final class CustomResourcesIT {
  private static final StartSettings SETTINGS =
      new StartSettings(
          "custom", 0, 1, 0, StartSettings.Runtime.FAKE, false, Duration.ofSeconds(30));
  private static final long LIMIT_SECONDS = 60;

  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: %1$ss.%2$s
      spec:
        group: %2$s
        scope: Namespaced
        names:
          plural: %1$ss
          kind: %3$s
          shortNames: [%4$s]
        versions:
        - name: v1
          served: true
          storage: true
          subresources:
            status: {}
            scale:
              specReplicasPath: .spec.replicas
              statusReplicasPath: .status.replicas
          additionalPrinterColumns:
          - name: Schedule
            type: string
            jsonPath: .spec.schedule
          - name: Ready
            type: string
            jsonPath: .status.conditions[?(@.type=="Ready")].status
          schema:
            openAPIV3Schema:
              type: object
              description: A thing that happens again and again.
              properties:
                spec:
                  type: object
                  description: What is wanted.
                  required: [schedule]
                  x-kubernetes-validations:
                  - rule: "!has(self.replicas) || self.replicas <= 10"
                    message: no more than ten
                  properties:
                    schedule:
                      type: string
                      description: When it happens.
                      pattern: '^[0-9*/ ]+$'
                    replicas:
                      type: integer
                      default: 1
                status:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
      """;

  private static final String OBJECT =
      """
      apiVersion: example.com/v1
      kind: Job
      metadata:
        name: nightly
      spec:
        schedule: "0 3 * * *"
      """;

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

  private static String ok(String line) throws Exception {
    var outcome = kubectl(line);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    return outcome.stdout();
  }

  private static void write(String name, String content) throws IOException {
    var file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** {@code Job} of example.com: a kind whose name a built-in one has, too. */
  private static String jobs() {
    return DEFINITION.formatted("job", "example.com", "Job", "xj");
  }

  @Test
  void kubectlDefinesExplainsWritesAndDeletes() throws Exception {
    write("crd.yaml", jobs());
    write("cr.yaml", OBJECT);
    assertEquals(
        "customresourcedefinition.apiextensions.k8s.io/jobs.example.com created\n",
        ok("apply -f crd.yaml"));
    assertEquals(
        "customresourcedefinition.apiextensions.k8s.io/jobs.example.com condition met\n",
        ok("wait --for=condition=established crd/jobs.example.com --timeout=20s"));
    assertTrue(ok("get crd").startsWith("NAME               CREATED AT\njobs.example.com   20"));
    var kinds = ok("api-resources --api-group=example.com --no-headers");
    assertTrue(kinds.matches("jobs +xj +example.com/v1 +true +Job\n"), kinds);
    var explained = ok("explain jobs.example.com.spec");
    for (var words :
        List.of("GROUP:      example.com", "schedule\t<string> -required-", "When it happens.")) {
      assertTrue(explained.contains(words), explained);
    }
    assertEquals("job.example.com/nightly created\n", ok("apply -f cr.yaml"));
    assertEquals("job.example.com/nightly unchanged\n", ok("apply -f cr.yaml"));
    assertEquals("NAME      SCHEDULE    READY\nnightly   0 3 * * *   \n", ok("get xj"));
    assertEquals("1", ok("get xj nightly -o jsonpath={.spec.replicas}"));
    assertTrue(ok("describe xj nightly").contains("Schedule:  0 3 * * *"));
    assertEquals("job.example.com/nightly scaled\n", ok("scale xj/nightly --replicas=3"));
    var over = kubectl("scale xj/nightly --replicas=11");
    assertEquals(1, over.exitCode());
    assertTrue(over.stderr().contains("no more than ten"), over.stderr());
    ok(
        "patch xj nightly --subresource=status --type=merge -p "
            + "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    assertEquals(
        "job.example.com/nightly condition met\n",
        ok("wait --for=condition=Ready xj/nightly --timeout=10s"));
    write("cr.yaml", OBJECT + "  colour: red\n");
    var unknown = kubectl("apply -f cr.yaml");
    assertEquals(1, unknown.exitCode());
    assertTrue(
        unknown.stderr().contains("strict decoding error: unknown field \"spec.colour\""),
        unknown.stderr());
    write("cr.yaml", OBJECT);
    assertEquals(
        "job.example.com/nightly serverside-applied\n",
        ok("apply --server-side --force-conflicts -f cr.yaml"));
    assertEquals(
        "customresourcedefinition.apiextensions.k8s.io \"jobs.example.com\" deleted\n",
        ok("delete crd jobs.example.com"));
    var gone = kubectl("get jobs.example.com");
    assertEquals(1, gone.exitCode());
    assertTrue(
        gone.stderr().contains("could not find the requested resource")
            || gone.stderr().contains("the server doesn't have a resource type"), // asked anew
        gone.stderr());
  }

  @Test
  void helmInstallsAChartWithItsDefinitions() throws Exception {
    write("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 0.1.0\n");
    write(
        "chart/crds/crd.yaml",
        DEFINITION.formatted("backup", "charts.example.com", "Backup", "bk"));
    write(
        "chart/templates/backup.yaml",
        OBJECT
            .replace("example.com/v1", "charts.example.com/v1")
            .replace("kind: Job", "kind: Backup")
            .replace("nightly", "{{ .Release.Name }}"));
    var installed = client("helm", "install", "daily", "chart");
    assertEquals(0, installed.exitCode(), installed.toString());
    assertTrue(installed.stdout().contains("STATUS: deployed"), installed.stdout());
    assertTrue(ok("get backups.charts.example.com").contains("daily"));
    var removed = client("helm", "uninstall", "daily", "--wait");
    assertEquals(0, removed.exitCode(), removed.toString());
    assertFalse(ok("get bk").contains("daily"));
    assertTrue(ok("get crd backups.charts.example.com").contains("backups"), "helm leaves it");
  }

  @Test
  void aNamespaceTakesItsCustomResourcesWithIt() throws Exception {
    write("notes.yaml", DEFINITION.formatted("note", "notes.example.com", "Note", "nt"));
    ok("apply -f notes.yaml");
    ok("wait --for=condition=established crd/notes.notes.example.com --timeout=20s");
    ok("create namespace short");
    write(
        "note.yaml",
        OBJECT
            .replace("example.com/v1", "notes.example.com/v1")
            .replace("kind: Job", "kind: Note"));
    ok("apply -n short -f note.yaml");
    ok("delete namespace short --timeout=40s");
    assertEquals("", ok("get nt -A -o name"));
  }
}
