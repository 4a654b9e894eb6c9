package io.jkube.cluster.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner may see; a file is replaced whole or not at all. */
public final class PrivateFiles {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /** Makes a folder (0700) and what is missing above it. */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, OWNER_FOLDER);
  }

  /** Makes an empty file (0600) unless there is a file. */
  public static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, OWNER_FILE);
    } catch (FileAlreadyExistsException there) {
      Files.setPosixFilePermissions(file, OWNER_FILE.value());
    }
  }

  /**
   * Replaces a file (0600) in one step; readers see the old content or the new one. One writer at a
   * time: who shares a file with other processes holds a lock.
   *
   * @throws IOException it cannot be written: names the file
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content));
  }

  /** What goes into a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * As above, for what is too long for the memory.
   *
   * @throws IOException it cannot be written: names the file; what {@code content} throws
   */
  public static void write(Path file, Content content) throws IOException {
    try {
      replace(file, content);
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException nameless) {
      var named = new FileSystemException(file.toString(), null, nameless.getMessage());
      named.initCause(nameless);
      throw named;
    }
  }

  private static void replace(Path file, Content content) throws IOException {
    // Always the same name: what a killed process left, perhaps a key, is gone with the next write.
    var temporary = file.resolveSibling("." + file.getFileName() + ".jkube");
    Files.deleteIfExists(temporary);
    Files.createFile(temporary, OWNER_FILE);
    try {
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
