package io.jkube.controller.volume;

import io.jkube.api.volume.FolderOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;

/**
 * The folders behind volumes, one a volume, side by side below {@code root}. That is closed to all
 * but its owner, so the folders themselves can be open to whatever user a container runs as.
 *
 * @param root absolute; made when it is first needed
 * @param owner of what containers wrote as other users
 */
record LocalFolders(Path root, FolderOwner owner) {
  LocalFolders {
    Objects.requireNonNull(root, "root");
  }

  Path of(String volume) {
    return root.resolve(volume);
  }

  /** Makes the folder, unless an earlier attempt did. */
  Path make(String volume) throws IOException {
    var owner = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(root, PosixFilePermissions.asFileAttribute(owner));
    var folder = Files.createDirectories(of(volume));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    return folder;
  }

  /** Removes the folder with everything in it; links are removed, not followed. */
  void remove(String volume) throws IOException {
    var folder = of(volume);
    if (!Files.exists(folder)) {
      return;
    }
    try {
      removeAll(folder);
    } catch (UncheckedIOException | AccessDeniedException notOurs) {
      owner.empty(folder);
      removeAll(folder);
    }
  }

  private static void removeAll(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
