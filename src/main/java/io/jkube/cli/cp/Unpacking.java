package io.jkube.cli.cp;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Takes files and folders out of an archive that comes from somewhere not to be trusted: nothing is
 * written outside of the target, and no link is made or followed.
 *
 * @param prefix what names in the archive begin with; it becomes the target
 * @param told learns what is left out
 */
record Unpacking(String prefix, Path target, PrintStream told) {
  private static final int EXECUTABLE = 0111;

  void from(TarInput archive) throws IOException {
    for (var entry = archive.next(); entry != null; entry = archive.next()) {
      take(archive, entry);
    }
  }

  private void take(TarInput archive, TarEntry entry) throws IOException {
    if (!isBelow(entry.name())) {
      throw new IOException("tar contents corrupted");
    }
    var path = place(entry);
    if (!path.startsWith(target) || leavesByLink(path)) {
      told.println("warning: file \"" + path + "\" is outside target destination, skipping");
      return;
    }
    switch (entry.type()) {
      case TarEntry.FOLDER -> Files.createDirectories(path);
      case TarEntry.FILE -> file(archive, entry, path);
      case TarEntry.SYMBOLIC_LINK ->
          told.println("warning: skipping symlink: \"%s\" -> \"%s\"".formatted(path, entry.link()));
      default -> told.println("warning: skipping \"" + path + "\": it is not a file");
    }
  }

  /** A folder that is there already takes a file under the file's own name. */
  private Path place(TarEntry entry) {
    var below = entry.name().substring(prefix.length()).replaceFirst("^/+", "");
    if (below.isEmpty() && entry.type() == TarEntry.FILE && Files.isDirectory(target)) {
      return target.resolve(prefix.substring(prefix.lastIndexOf('/') + 1));
    }
    return target.resolve(below).normalize();
  }

  private boolean isBelow(String name) {
    return name.startsWith(prefix)
        && (name.length() == prefix.length()
            || prefix.isEmpty()
            || name.charAt(prefix.length()) == '/');
  }

  /** Whether a link that is there already stands on the way below the target. */
  private boolean leavesByLink(Path path) {
    for (var on = path; on != null && !on.equals(target); on = on.getParent()) {
      if (Files.isSymbolicLink(on)) {
        return true;
      }
    }
    return false;
  }

  private void file(TarInput archive, TarEntry entry, Path path) throws IOException {
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    try (var out =
        Files.newOutputStream(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      archive.copyTo(out);
    }
    if ((entry.mode() & EXECUTABLE) != 0) {
      path.toFile().setExecutable(true, false);
    }
  }
}
