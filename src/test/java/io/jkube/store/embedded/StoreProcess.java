package io.jkube.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jkube.store.Store;
import io.jkube.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/** A store in a JVM of its own, to be locked out or killed. What it prints is what it was told. */
final class StoreProcess {
  static final String END_OF_LINE = " .";
  static final int WRITERS = 6;
  static final int KEYS_PER_WRITER = 40;

  private static final EmbeddedStoreSettings SHORT_HISTORY =
      new EmbeddedStoreSettings(Duration.ofMinutes(5), 2_000, 64 << 20, 16);

  /** Fair, so that no acknowledgement is told much later than it came: history is short. */
  private static final ReentrantLock TELLING = new ReentrantLock(true);

  private StoreProcess() {}

  static Process start(String mode, Path folder) throws IOException {
    return start(mode, folder, ProcessBuilder.Redirect.PIPE);
  }

  static Process start(String mode, Path folder, ProcessBuilder.Redirect output)
      throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                mode,
                folder.toString()))
        .redirectOutput(output)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Modes: open (and say what happened), hold (until killed), write (until killed). */
  public static void main(String[] arguments) throws Exception {
    var out = new PrintStream(System.out, false, UTF_8);
    try (var store =
        EmbeddedStore.open(Path.of(arguments[1]), InstantSource.system(), SHORT_HISTORY)) {
      out.println("open");
      out.flush();
      if (arguments[0].equals("hold")) {
        System.in.read();
      } else if (arguments[0].equals("write")) {
        write(store, out);
      }
    } catch (StoreException refused) {
      out.println(refused.getMessage());
      out.flush();
    }
  }

  private static void write(Store store, PrintStream out) throws InterruptedException {
    for (int writer = 0; writer < WRITERS; writer++) {
      var prefix = "/registry/" + writer + "/";
      Thread.ofPlatform().start(() -> writeForEver(store, prefix, out));
    }
    Thread.currentThread().join();
  }

  /** Each line is one acknowledgement: {@code key revision length .}, length -1 for a deletion. */
  private static void writeForEver(Store store, String prefix, PrintStream out) {
    var random = ThreadLocalRandom.current();
    while (true) {
      var key = prefix + random.nextInt(KEYS_PER_WRITER);
      long revision;
      int length = -1;
      if (random.nextInt(5) == 0) {
        var deleted = store.delete(key, Store.ANY);
        if (deleted.isEmpty()) {
          continue;
        }
        revision = deleted.get().revision();
      } else {
        length = random.nextInt(4_000);
        revision = store.put(key, value(key, length), Store.ANY, null).modRevision();
      }
      tell(out, key + " " + revision + " " + length + END_OF_LINE);
    }
  }

  private static void tell(PrintStream out, String line) {
    TELLING.lock();
    try {
      out.println(line);
      out.flush();
    } finally {
      TELLING.unlock();
    }
  }

  /** Bytes that tell whose they are. */
  static byte[] value(String key, int length) {
    var value = new byte[length];
    var seed = key.getBytes(UTF_8);
    for (int i = 0; i < length; i++) {
      value[i] = (byte) (seed[i % seed.length] + i / seed.length);
    }
    return value;
  }
}
