package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.volume.FolderOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Gives a pod's own volumes to its {@code fsGroup}: readable by it and, where the volume is not
 * read-only, writable; new files belong to it (Kubernetes: "Configure volume permission and
 * ownership change policy").
 */
final class FsGroup {
  private static final int GROUP_READ = 0040;
  private static final int GROUP_READ_WRITE = 0060;
  private static final int GROUP_EXECUTE = 0010;
  private static final int SET_GROUP_ID = 02000;

  private FsGroup() {}

  /**
   * @param owner gives away what is not ours: without being root we may give files to our own
   *     groups only
   */
  static void apply(Pod pod, PodVolume given, FolderOwner owner) throws IOException {
    var volume = given.path();
    var context = pod.getSpec().getSecurityContext();
    var group = context == null ? null : context.getFsGroup();
    if (group == null || isDone(volume, group) && onRootMismatch(pod)) {
      return;
    }
    try {
      giveAll(volume, group.intValue(), given.readOnly() ? GROUP_READ : GROUP_READ_WRITE);
    } catch (UncheckedIOException | FileSystemException notOurs) {
      owner.give(volume, group);
    }
  }

  private static void giveAll(Path volume, int group, int rights) throws IOException {
    try (var paths = Files.walk(volume)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        give(path, group, rights);
      }
    }
  }

  private static boolean onRootMismatch(Pod pod) {
    return "OnRootMismatch".equals(pod.getSpec().getSecurityContext().getFsGroupChangePolicy());
  }

  private static boolean isDone(Path volume, long group) throws IOException {
    return ((Number) Files.getAttribute(volume, "unix:gid")).longValue() == group;
  }

  private static void give(Path path, int group, int rights) throws IOException {
    if ((int) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS) != group) {
      Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }
    if (Files.isSymbolicLink(path)) {
      return;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode") & 07777;
    boolean folder = Files.isDirectory(path);
    int wanted = mode | rights | (folder ? SET_GROUP_ID | GROUP_EXECUTE : 0);
    if (wanted != mode) {
      Files.setAttribute(path, "unix:mode", wanted);
    }
  }
}
