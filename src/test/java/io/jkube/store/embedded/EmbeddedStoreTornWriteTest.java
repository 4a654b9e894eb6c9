package io.jkube.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine that stops in the middle of a write: the file is as before the last commit, but for
 * some of the blocks which that commit wrote. Whatever those are, all earlier commits are there,
 * and the last is there whole or not at all.
 */
@Timeout(120)
class EmbeddedStoreTornWriteTest {
  private static final int BLOCK_BYTES = 4096;
  private static final int COMMITS = 60;

  @TempDir Path folder;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private byte[] before;
  private byte[] after;
  private List<Integer> written;

  /** Takes the file before and after the last commit, with chunks reused in the middle. */
  @BeforeEach
  void writeState() throws IOException {
    System.out.println("seed " + seed);
    var history = new EmbeddedStoreSettings(Duration.ofMinutes(5), 20, 1 << 20, 16);
    var state = folder.resolve("whole");
    var file = state.resolve(Journal.FILE);
    try (var store = EmbeddedStore.open(state, InstantSource.system(), history)) {
      for (int i = 0; i < COMMITS; i++) {
        before = Files.readAllBytes(file);
        store.put("/k/" + i % 30, new byte[3_000], Store.ANY, null);
        after = Files.readAllBytes(file);
      }
    }
    written = new ArrayList<>();
    for (int block = 0; block * BLOCK_BYTES < after.length; block++) {
      if (!Arrays.equals(block(before, block), block(after, block))) {
        written.add(block);
      }
    }
    assertTrue(written.size() >= 3, "the last commit wrote " + written);
  }

  @Test
  void survivesAWriteCutOffAnywhere() throws IOException {
    for (int blocks = 0; blocks <= written.size(); blocks++) {
      check("first " + blocks + " blocks", written.subList(0, blocks), false);
    }
  }

  @Test
  void survivesAnyBlockMissing() throws IOException {
    for (var missing : written) {
      if (missing >= 2) {
        var others = new ArrayList<>(written);
        others.remove(missing);
        check("without block " + missing, others, false);
        check("with garbage in block " + missing, others, true);
      }
    }
  }

  @Test
  void survivesATailOfGarbage() throws IOException {
    var garbage = new byte[5 * BLOCK_BYTES + 123];
    random.nextBytes(garbage);
    var longer = Arrays.copyOf(after, after.length + garbage.length);
    System.arraycopy(garbage, 0, longer, after.length, garbage.length);
    assertEquals(COMMITS + 1, revisionOf("tail of garbage", longer));
  }

  /**
   * MVStore finds its last commit through a header that it writes now and then, after the commit
   * that uses the space of an old one. A kill between the two must not hide the commits since.
   */
  @Test
  void survivesAKillBeforeTheHeaderIsWrittenAtAnyCommit() throws IOException {
    var history = new EmbeddedStoreSettings(Duration.ofMinutes(5), 20, 1 << 20, 16);
    var state = folder.resolve("long");
    var file = state.resolve(Journal.FILE);
    int commits = 0;
    for (int life = 0; life < 4; life++) {
      var died = folder.resolve("life" + life);
      try (var store = EmbeddedStore.open(state, InstantSource.system(), history)) {
        for (int i = 0; i < 100; i++) {
          var old = Files.readAllBytes(file);
          store.put("/k/" + random.nextInt(30), new byte[random.nextInt(9_000)], Store.ANY, null);
          commits++;
          var cut = Files.readAllBytes(file);
          System.arraycopy(old, 0, cut, 0, 2 * BLOCK_BYTES);
          checkRevision(commits, cut);
        }
        copyState(state, died);
      }
      state = died;
      file = state.resolve(Journal.FILE);
    }
  }

  private void checkRevision(int commits, byte[] file) throws IOException {
    var state = Files.createTempDirectory(folder, "cut");
    Files.copy(folder.resolve("whole/FORMAT"), state.resolve("FORMAT"));
    Files.write(state.resolve(Journal.FILE), file);
    try (var store = EmbeddedStore.open(state, InstantSource.system())) {
      assertTrue(
          store.revision() >= commits,
          "commit " + commits + " went back to " + store.revision() + ", seed " + seed);
    }
    Files.delete(state.resolve(Journal.FILE));
  }

  private static void copyState(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    Files.copy(from.resolve("FORMAT"), to.resolve("FORMAT"));
    Files.copy(from.resolve(Journal.FILE), to.resolve(Journal.FILE));
  }

  private void check(String what, List<Integer> arrived, boolean garbage) throws IOException {
    var torn = Arrays.copyOf(before, Math.max(before.length, after.length));
    for (var block : written) {
      var content = block(after, block);
      if (!arrived.contains(block)) {
        if (!garbage) {
          continue;
        }
        random.nextBytes(content);
      }
      System.arraycopy(content, 0, torn, block * BLOCK_BYTES, content.length);
    }
    long revision = revisionOf(what, torn);
    assertTrue(revision >= COMMITS, what + ": revision " + revision + ", seed " + seed);
  }

  private long revisionOf(String what, byte[] file) throws IOException {
    var state = Files.createTempDirectory(folder, "torn");
    Files.copy(folder.resolve("whole/FORMAT"), state.resolve("FORMAT"));
    Files.write(state.resolve(Journal.FILE), file);
    try (var store = EmbeddedStore.open(state, InstantSource.system())) {
      assertEquals(30, store.count("/k/"), what);
      for (int i = COMMITS - 30; i < COMMITS - 1; i++) {
        assertEquals(i + 2, store.get("/k/" + i % 30).orElseThrow().modRevision(), what);
      }
      long revision = store.revision();
      store.put("/k/0", new byte[10], Store.ANY, null);
      return revision;
    }
  }

  private static byte[] block(byte[] file, int block) {
    int start = Math.min(block * BLOCK_BYTES, file.length);
    return Arrays.copyOfRange(
        file, start, Math.min(start + BLOCK_BYTES, Math.max(start, file.length)));
  }
}
