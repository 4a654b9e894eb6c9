package io.jkube.kubelet.volume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Files that appear together: written into a fresh folder, to which the link {@code ..data} is then
 * turned in one step; the names in the volume are links through it.
 */
final class FileSet {
  /** Mode bits as the API has them: decimal in JSON, octal in people's minds. */
  static final int DEFAULT_MODE = 0644;

  private static final String DATA = "..data";
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  private record Content(byte[] bytes, int mode) {}

  private final Map<String, Content> files = new LinkedHashMap<>();

  /**
   * @param path relative, below the volume
   */
  void add(String path, byte[] bytes, int mode) {
    var clean = Path.of(path).normalize();
    if (clean.isAbsolute() || clean.startsWith("..") || path.isEmpty()) {
      throw new VolumeFailure("invalid path \"" + path + "\" in a volume");
    }
    files.put(clean.toString(), new Content(bytes, mode));
  }

  /** Makes the folder hold these files and no others, in one step; nothing if it does already. */
  void writeTo(Path folder) {
    try {
      if (!isCurrent(folder)) {
        replace(folder);
      }
    } catch (IOException | UncheckedIOException failure) {
      throw new VolumeFailure("writing " + folder.getFileName() + ": " + failure, failure);
    }
  }

  private boolean isCurrent(Path folder) throws IOException {
    var data = folder.resolve(DATA);
    if (!Files.isDirectory(data)) {
      return false;
    }
    for (var file : files.entrySet()) {
      var path = data.resolve(file.getKey());
      if (!Files.isRegularFile(path)
          || !Arrays.equals(Files.readAllBytes(path), file.getValue().bytes)) {
        return false;
      }
    }
    try (var found = Files.walk(data.toRealPath())) {
      return found.filter(Files::isRegularFile).count() == files.size();
    }
  }

  private void replace(Path folder) throws IOException {
    var fresh = Files.createDirectory(folder.resolve("..data_" + UUID.randomUUID()));
    permit(fresh, 0755);
    for (var file : files.entrySet()) {
      var path = fresh.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().bytes);
      permit(path, file.getValue().mode);
    }
    var link = folder.resolve("..data_link_" + UUID.randomUUID());
    var before = before(folder);
    Files.createSymbolicLink(link, fresh.getFileName());
    move(link, folder.resolve(DATA));
    linkNames(folder);
    if (before != null) {
      Folders.delete(before);
    }
  }

  private void linkNames(Path folder) throws IOException {
    for (var path : files.keySet()) {
      var first = Path.of(path).getName(0).toString();
      var link = folder.resolve(first);
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of(DATA, first));
      }
    }
    try (var links = Files.newDirectoryStream(folder)) {
      for (var link : links) {
        if (Files.isSymbolicLink(link) && !Files.exists(link)) {
          Files.delete(link);
        }
      }
    }
  }

  private static Path before(Path folder) throws IOException {
    try {
      return folder.resolve(Files.readSymbolicLink(folder.resolve(DATA)));
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private static void move(Path link, Path to) throws IOException {
    try {
      Files.move(link, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      Files.move(link, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static void permit(Path path, int mode) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((mode & 1 << bit) != 0) {
        permissions.add(BITS[bit]);
      }
    }
    Files.setPosixFilePermissions(path, permissions);
  }
}
