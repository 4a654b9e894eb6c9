package io.jkube.cli.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.cli.testing.Background;
import io.jkube.cli.testing.CommandLines;
import io.jkube.cli.testing.CommandLines.CommandLine;
import io.jkube.cli.testing.Said;
import io.jkube.cli.testing.TestCluster;
import io.jkube.client.DeleteOptions;
import io.jkube.client.Patch;
import io.jkube.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A watch shows the same, row by row, with kubectl and with jkube. */
final class WatchParityIT {
  /** The last object that comes; what is printed from its name on is not compared. */
  private static final String LAST = "the-end";

  @TempDir static Path home;

  private static TestCluster cluster;
  private static Kubectl kubectl;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(home);
    kubectl = new Kubectl(home, TestCluster.FOLDER);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> bothWatchTheSame() throws IOException {
    var number = new AtomicInteger();
    return CommandLines.paragraphs(TestCluster.FOLDER.resolve("watch/get.txt")).stream()
        .flatMap(List::stream)
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.text(),
                    () -> watch(line, "watch-%02d".formatted(number.incrementAndGet()))));
  }

  private static void watch(CommandLine line, String namespace) throws Exception {
    var config = cluster.namespace(namespace);
    create(namespace, "first", "web");
    create(namespace, "second", "web");
    var theirs = Files.createTempFile(home, "watch", ".txt");
    var process = kubectl.builder(line.words(), config).redirectOutput(theirs.toFile()).start();
    try (var ours = cluster.jkubeInBackground(line, config)) {
      awaitBoth(line.text().contains(LAST) ? "" : "first", process, theirs, ours);
      changes(namespace);
      awaitBoth(LAST, process, theirs, ours);
      assertEquals(shown(read(theirs)), shown(ours.stdout()));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static void changes(String namespace) {
    label(namespace, "first", "tier", "front");
    create(namespace, "third", "db");
    label(namespace, "second", "app", "db");
    delete(namespace, "second");
    label(namespace, "first", "last", LAST);
    create(namespace, LAST, "web");
  }

  /** Until both have printed the text, or ended because they refuse to watch. */
  private static void awaitBoth(String text, Process process, Path theirs, Background ours) {
    Await.until(
        () ->
            (!process.isAlive() || read(theirs).contains(text))
                && (ours.isDone() || ours.stdout().contains(text)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String shown(String stdout) {
    int last = stdout.indexOf(LAST);
    var compared = last < 0 ? stdout : stdout.substring(0, last);
    return new Said(compared, "", 0).normal().stdout();
  }

  private static void create(String namespace, String name, String app) {
    var map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    var metadata = map.putObject("metadata").put("namespace", namespace).put("name", name);
    metadata.putObject("labels").put("app", app);
    map.putObject("data").put("size", "10");
    cluster.api().create(Resources.CONFIG_MAPS, map);
  }

  private static void label(String namespace, String name, String key, String value) {
    var patch = Json.object();
    patch.putObject("metadata").putObject("labels").put(key, value);
    cluster.api().patch(Resources.CONFIG_MAPS, new ObjectKey(namespace, name), Patch.merge(patch));
  }

  private static void delete(String namespace, String name) {
    cluster
        .api()
        .delete(Resources.CONFIG_MAPS, new ObjectKey(namespace, name), DeleteOptions.DEFAULT);
  }
}
