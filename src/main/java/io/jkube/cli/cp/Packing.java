package io.jkube.cli.cp;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * Puts a file, or a folder with all that is in it, into an archive. Links stay links.
 *
 * @param name of the file or folder in the archive
 */
record Packing(Path source, String name) {
  private static final int FOLDER_MODE = 0755;
  private static final int FILE_MODE = 0644;
  private static final int PERMISSIONS = 07777;

  void into(TarOutput archive) throws IOException {
    Files.walkFileTree(
        Files.isSymbolicLink(source) ? source.toRealPath() : source,
        new SimpleFileVisitor<>() {
          private Path root;

          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts)
              throws IOException {
            root = root == null ? folder : root;
            archive.add(
                TarEntry.folder(nameOf(root, folder), mode(folder, FOLDER_MODE), seconds(facts)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            root = root == null ? file : root;
            add(archive, nameOf(root, file), file, facts);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void add(TarOutput archive, String name, Path file, BasicFileAttributes facts)
      throws IOException {
    if (facts.isSymbolicLink()) {
      var target = Files.readSymbolicLink(file).toString();
      archive.add(TarEntry.symbolicLink(name, target, seconds(facts)));
    } else if (facts.isRegularFile()) {
      try (var content = Files.newInputStream(file)) {
        archive.add(
            TarEntry.file(name, mode(file, FILE_MODE), facts.size(), seconds(facts)), content);
      }
    }
  }

  private String nameOf(Path root, Path path) {
    var below = root.relativize(path).toString();
    return below.isEmpty() ? name : name + "/" + below;
  }

  private static long seconds(BasicFileAttributes facts) {
    return facts.lastModifiedTime().to(TimeUnit.SECONDS);
  }

  private static int mode(Path path, int otherwise) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return otherwise;
    }
    return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
  }
}
