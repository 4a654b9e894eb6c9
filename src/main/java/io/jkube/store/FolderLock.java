package io.jkube.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes sure that one store, or one server whose store is elsewhere, has a folder: a file lock
 * against other processes, and a set against this one (a file lock belongs to the process, and
 * closing any channel of the file would release it). The kernel releases it when the process ends,
 * however it ends.
 */
public final class FolderLock implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final int MAX_PID_BYTES = 32;

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @throws StoreException.Locked when somebody has it
   */
  public static FolderLock acquire(Path folder) throws IOException {
    var real = folder.toRealPath();
    if (!HELD_HERE.add(real)) {
      throw locked(folder, Long.toString(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    boolean acquired = false;
    try {
      channel =
          FileChannel.open(
              folder.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw locked(folder, pid(channel));
      }
      channel.truncate(0);
      channel.write(utf8(ProcessHandle.current().pid() + "\n"), 0);
      acquired = true;
      return new FolderLock(real, channel);
    } finally {
      if (!acquired) {
        HELD_HERE.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /**
   * Whether some store has the folder open at this moment.
   *
   * @throws IOException it cannot be found out
   */
  public static boolean isHeld(Path folder) throws IOException {
    var file = folder.resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    if (HELD_HERE.contains(folder.toRealPath())) {
      return true;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }

  private static StoreException.Locked locked(Path folder, String pid) {
    var holder = pid.isEmpty() ? "another process" : "process " + pid;
    return new StoreException.Locked(
        "the state in " + folder + " is in use by " + holder + "; stop that first");
  }

  private static String pid(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
