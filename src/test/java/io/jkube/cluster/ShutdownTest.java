package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.store.embedded.EmbeddedStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ending a server whose record is not there yet. */
final class ShutdownTest {
  @TempDir Path home;

  private ClusterFolder folder;

  @BeforeEach
  void aCluster() throws Exception {
    folder = ClusterFolder.of("test", Map.of("JKUBE_HOME", home.toString()));
    Files.createDirectories(folder.state());
  }

  @Test
  void aServerThatComesUpIsAwaitedAndEnded() throws Exception {
    var server = new ProcessBuilder("sleep", "60").start();
    try (var store = EmbeddedStore.open(folder.state(), InstantSource.system())) {
      var stop = inBackground(() -> Shutdown.stopServer(folder));
      record(server.toHandle());
      assertTrue(stop.get());
      assertTrue(server.waitFor(10, TimeUnit.SECONDS));
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void aServerThatGivesUpWasNotRunning() throws Exception {
    var store = EmbeddedStore.open(folder.state(), InstantSource.system());
    var stop = inBackground(() -> Shutdown.stopServer(folder));
    store.close();
    assertEquals(false, stop.get());
  }

  private void record(ProcessHandle process) throws Exception {
    var start = process.info().startInstant().orElseThrow();
    new ServerRecord(process.pid(), start, Instant.now(), "test", 1, 0, 1, "fake", Map.of())
        .write(folder);
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.startVirtualThread(task);
    return task;
  }
}
