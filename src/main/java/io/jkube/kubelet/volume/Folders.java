package io.jkube.kubelet.volume;

import io.jkube.api.volume.FolderOwner;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

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

  /**
   * What the files in it take of the disk; a file of several names counts once for each. What
   * cannot be looked at, or goes meanwhile, counts nothing.
   */
  static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    var sum = new AtomicLong();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException closedToUs) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException closedToUs) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      return sum.get();
    }
    return sum.get();
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
