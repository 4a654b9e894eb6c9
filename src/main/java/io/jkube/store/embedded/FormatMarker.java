package io.jkube.store.embedded;

import io.jkube.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file that says which version of the format a folder holds. It is there before the first byte
 * of state.
 */
final class FormatMarker {
  /** Of what this code reads and writes. */
  static final int VERSION = 1;

  private static final String FILE = "FORMAT";
  private static final String PREFIX = "jkube-store ";

  private FormatMarker() {}

  /**
   * Checks the folder's marker, or makes one where there is no state yet.
   *
   * @throws StoreException.Unavailable when the state is of another format
   */
  static void check(Path folder, boolean hasState) throws IOException {
    var file = folder.resolve(FILE);
    if (Files.exists(file)) {
      read(folder, Files.readString(file).strip());
    } else if (hasState) {
      throw refuse(
          "the state in " + folder + " has no " + FILE + " file: it is not jkube's, or damaged");
    } else {
      write(folder, file);
    }
  }

  private static void read(Path folder, String text) {
    if (!text.matches(PREFIX + "[0-9]{1,6}")) {
      throw refuse(folder.resolve(FILE) + " is not jkube's, or damaged: \"" + text + "\"");
    }
    int version = Integer.parseInt(text.substring(PREFIX.length()));
    if (version != VERSION) {
      throw refuse(
          "the state in "
              + folder
              + " has format "
              + version
              + ", this jkube reads format "
              + VERSION
              + (version > VERSION ? "; use the newer jkube that wrote it" : ""));
    }
  }

  private static void write(Path folder, Path file) throws IOException {
    var draft = folder.resolve(FILE + ".new");
    Files.writeString(draft, PREFIX + VERSION + "\n");
    sync(draft, StandardOpenOption.WRITE);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    sync(folder, StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (var channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  private static StoreException.Unavailable refuse(String message) {
    return new StoreException.Unavailable(message, null);
  }
}
