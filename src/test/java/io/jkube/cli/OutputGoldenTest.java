package io.jkube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.cli.testing.CommandLines.CommandLine;
import io.jkube.cli.testing.TestCluster;
import io.jkube.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What commands print of a whole cluster, but for what differs from run to run. */
final class OutputGoldenTest {
  private static final List<String> LINES =
      List.of(
          "cluster-info",
          "version",
          "get pods",
          "get pods -l wait=ready -o wide",
          "get all --show-labels",
          "get nodes",
          "get svc,cm,secrets,sa",
          "get pod nothing",
          "get nothings",
          "get pods -l app=nothing",
          "get pods,svc --sort-by=.metadata.name",
          "get cm settings -o yaml",
          "get cm settings -o json",
          "get cm settings -o kyaml",
          "describe pod web --show-events=false",
          "describe pod too-big --show-events=false",
          "describe node --show-events=false",
          "describe svc outside",
          "describe cm settings",
          "describe secret password",
          "describe sa builder",
          "describe ns shop",
          "describe lease leader",
          "describe endpoints no-selector",
          "describe pc important",
          "logs done --all-containers",
          "logs done -c nothing",
          "delete pod web --dry-run=server",
          "wait --for=condition=Ready pod/web",
          "create -f manifests/one.yaml",
          "create -f broken/syntax.yaml",
          "create -f broken/unknown-field.yaml",
          "create -f broken/duplicate-key.yaml",
          "create -f broken/unknown-kind.yaml",
          "create -f broken/invalid.yaml");

  @TempDir static Path home;

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(home);
    var config = cluster.namespace("shop");
    for (var line :
        List.of(
            "create -f objects.yaml",
            "wait --for=condition=Ready pod -l wait=ready --timeout=60s",
            "wait --for=condition=PodReadyToStartContainers=false pod -l wait=ended --timeout=60s",
            "wait --for=condition=PodScheduled=false pod/too-big --timeout=60s",
            TestCluster.endpointOf("web"),
            TestCluster.endpointOf("small"))) {
      var said = cluster.jkube(CommandLine.of(line), config);
      assertEquals(0, said.exitCode(), said::toString);
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> printsWhatItDid() throws Exception {
    var config = cluster.kubeconfig("shop");
    return LINES.stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line,
                    () -> {
                      var said = cluster.jkube(CommandLine.of(line), config).ofAnyMachine();
                      var name = line.replaceAll("[^a-zA-Z0-9]+", "-");
                      Golden.check("cli/" + name + ".txt", "$ jkube " + line + "\n" + said);
                    }));
  }
}
