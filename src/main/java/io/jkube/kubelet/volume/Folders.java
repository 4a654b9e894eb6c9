package io.jkube.kubelet.volume;

import io.jkube.api.volume.FolderOwner;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Whole folders. Links are removed, never followed. */
public final class Folders {
  private Folders() {}

  /**
   * Removes it with everything in it; nothing when it is not there.
   *
   * @param owner of what we may not remove ourselves
   */
  public static void delete(Path folder, FolderOwner owner) throws IOException {
    try {
      delete(folder);
    } catch (AccessDeniedException others) {
      owner.empty(folder);
      delete(folder);
    }
  }

  /** Removes it with everything in it; nothing when it is not there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
