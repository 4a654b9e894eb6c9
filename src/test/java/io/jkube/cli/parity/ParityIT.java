package io.jkube.cli.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cli.testing.CommandLines;
import io.jkube.cli.testing.CommandLines.CommandLine;
import io.jkube.cli.testing.Said;
import io.jkube.cli.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Command lines of kubectl mean the same, and say the same, with jkube. */
final class ParityIT {
  /** kubectl mostly waits for itself: more at once only make it slower. */
  private static final int KUBECTLS_AT_ONCE = 3;

  @TempDir static Path home;

  private static TestCluster cluster;
  private static Kubectl kubectl;
  private static ExecutorService threads;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(home);
    kubectl = new Kubectl(home, TestCluster.FOLDER);
    threads = Executors.newFixedThreadPool(KUBECTLS_AT_ONCE);
    var config = cluster.namespace("shop");
    assertEquals(
        "", kubectl.run(CommandLine.of("create -f objects.yaml -o name"), config).stderr());
    var ready = "wait --for=condition=Ready pod -l wait=ready --timeout=60s";
    assertEquals(0, kubectl.run(CommandLine.of(ready), config).exitCode());
    var ended =
        "wait --for=condition=PodReadyToStartContainers=false pod -l wait=ended --timeout=60s";
    assertEquals(0, kubectl.run(CommandLine.of(ended), config).exitCode());
    for (var pod : List.of("web", "small")) {
      var reached = kubectl.run(CommandLine.of(TestCluster.endpointOf(pod)), config);
      assertEquals(0, reached.exitCode(), reached::toString);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    threads.shutdownNow();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    cluster.close();
  }

  @TestFactory
  Stream<DynamicContainer> bothSeeTheSame() throws IOException {
    var config = cluster.kubeconfig("shop");
    return each("look", paragraph -> paragraph.stream().map(line -> sameLook(line, config)));
  }

  private DynamicTest sameLook(CommandLine line, Path config) {
    var expected = threads.submit(() -> kubectl.run(line, config));
    return DynamicTest.dynamicTest(
        line.text(),
        () -> {
          var before = expected.get().normal().toString();
          var jkube = cluster.jkube(line, config).normal().toString();
          // A node renews its lease whenever it likes: then kubectl says the same a moment later.
          var kubectls =
              before.equals(jkube) ? before : kubectl.run(line, config).normal().toString();
          assertSame(line, kubectls, jkube);
        });
  }

  /** Fails with the first line that differs, so that a summary of one line says enough. */
  private static void assertSame(CommandLine line, String kubectl, String jkube) {
    assertEquals(kubectl, jkube, () -> line.text() + ": " + firstDifference(kubectl, jkube));
  }

  private static String firstDifference(String kubectl, String jkube) {
    var theirs = kubectl.lines().toList();
    var ours = jkube.lines().toList();
    var at = 0;
    while (at < Math.min(theirs.size(), ours.size()) && theirs.get(at).equals(ours.get(at))) {
      at++;
    }
    return "kubectl says '%s', jkube '%s'".formatted(lineAt(at, theirs), lineAt(at, ours));
  }

  private static String lineAt(int at, List<String> lines) {
    return at < lines.size() ? lines.get(at) : "";
  }

  @TestFactory
  Stream<DynamicContainer> bothChangeTheSame() throws IOException {
    var count = new AtomicInteger();
    return each("change", paragraph -> Stream.of(sameChanges(paragraph, count.incrementAndGet())));
  }

  private DynamicTest sameChanges(List<CommandLine> paragraph, int number) {
    var expected = submit(() -> changes(paragraph, "kube-%03d".formatted(number), kubectl::run));
    return DynamicTest.dynamicTest(
        paragraph.getFirst().text(),
        () ->
            assertSame(
                paragraph.getFirst(),
                expected.get(),
                changes(paragraph, "jkub-%03d".formatted(number), cluster::jkube)));
  }

  @Test
  void dumpsHoldTheSame() throws Exception {
    var config = cluster.kubeconfig("shop");
    var dump = "cluster-info dump --namespaces shop,default --output-directory ";
    var theirs = home.resolve("dump-kubectl");
    var ours = home.resolve("dump-jkube");
    assertEquals(0, kubectl.run(CommandLine.of(dump + theirs), config).exitCode());
    assertEquals(0, cluster.jkube(CommandLine.of(dump + ours), config).exitCode());

    var files = Dump.files(theirs);
    assertTrue(files.contains("shop/web/logs.txt"), files::toString);
    assertEquals(files, Dump.files(ours));
    for (var file : files) {
      assertEquals(Dump.content(theirs.resolve(file)), Dump.content(ours.resolve(file)), file);
    }
  }

  private static String changes(List<CommandLine> paragraph, String namespace, Program program)
      throws Exception {
    var config = cluster.namespace(namespace);
    var all = new StringBuilder();
    for (var line : paragraph) {
      var said = program.run(line, config);
      all.append("$ ").append(line.text()).append('\n').append(said.ofAnyObject(namespace));
    }
    return all.toString();
  }

  /** kubectl or jkube. */
  private interface Program {
    Said run(CommandLine line, Path kubeconfig) throws Exception;
  }

  private static <T> Future<T> submit(Callable<T> work) {
    return threads.submit(work);
  }

  /** What a paragraph of command lines has to hold. */
  private interface Tests {
    Stream<DynamicTest> of(List<CommandLine> paragraph);
  }

  private static Stream<DynamicContainer> each(String folder, Tests tests) throws IOException {
    var containers = new ArrayList<DynamicContainer>();
    for (var file : CommandLines.files(TestCluster.FOLDER.resolve(folder))) {
      var all = CommandLines.paragraphs(file).stream().flatMap(tests::of).toList();
      containers.add(DynamicContainer.dynamicContainer(file.getFileName().toString(), all));
    }
    return containers.stream();
  }
}
