package io.jkube.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import io.jkube.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One folder, one store: who may open it, and what must be in it. */
@Timeout(60)
class EmbeddedStoreFolderTest {
  @TempDir Path folder;

  @Test
  void theSameProcessCannotOpenItTwice() throws Exception {
    try (var store = open()) {
      var refused = assertThrows(StoreException.Locked.class, this::open);
      assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
      assertTrue(
          refused.getMessage().contains("process " + ProcessHandle.current().pid()),
          refused.getMessage());
      store.put("/a", new byte[1], Store.ABSENT, null);
      assertThrows(StoreException.Locked.class, this::open, "still, after a refusal");
      assertOtherProcessIsRefused();
    }
    open().close();
  }

  private void assertOtherProcessIsRefused() throws Exception {
    var other = StoreProcess.start("open", folder);
    try {
      var output = new String(other.getInputStream().readAllBytes(), UTF_8);
      assertTrue(other.waitFor(30, TimeUnit.SECONDS));
      assertTrue(output.contains("in use by process " + ProcessHandle.current().pid()), output);
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void anotherProcessHoldsItUntilItEnds() throws Exception {
    var other = StoreProcess.start("hold", folder);
    try {
      assertEquals("open", other.inputReader(UTF_8).readLine());
      var refused = assertThrows(StoreException.Locked.class, this::open);
      assertTrue(refused.getMessage().contains("process " + other.pid()), refused.getMessage());
    } finally {
      other.destroyForcibly().waitFor();
    }
    open().close();
  }

  @Test
  void aFailedOpeningLeavesNoLock() throws IOException {
    Files.writeString(folder.resolve("FORMAT"), "nonsense");
    assertThrows(StoreException.Unavailable.class, this::open);
    Files.delete(folder.resolve("FORMAT"));
    open().close();
  }

  @Test
  void aNewerFormatIsRefusedWithAWord() throws IOException {
    open().close();
    assertEquals("jkube-store 1\n", Files.readString(folder.resolve("FORMAT")));
    Files.writeString(folder.resolve("FORMAT"), "jkube-store 2\n");
    var refused = assertThrows(StoreException.Unavailable.class, this::open);
    assertEquals(
        "the state in "
            + folder
            + " has format 2, this jkube reads format 1; use the newer jkube that wrote it",
        refused.getMessage());
  }

  @Test
  void stateWithoutAMarkerIsRefused() throws IOException {
    open().close();
    Files.delete(folder.resolve("FORMAT"));
    assertThrows(StoreException.Unavailable.class, this::open);
  }

  @Test
  void aFileThatIsNoStateIsRefusedAndLeftAlone() throws IOException {
    open().close();
    var garbage = "not a database ".repeat(2_000);
    Files.writeString(folder.resolve(Journal.FILE), garbage);
    var refused = assertThrows(StoreException.Unavailable.class, this::open);
    assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
    assertEquals(garbage, Files.readString(folder.resolve(Journal.FILE)));
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(folder, InstantSource.system());
  }
}
