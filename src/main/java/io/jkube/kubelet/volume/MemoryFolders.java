package io.jkube.kubelet.volume;

import io.jkube.api.volume.FolderOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Folders in this machine's memory, one a pod, closed to other users: below the file system in
 * memory that every Linux has for its programs to share. They are gone after a restart of the
 * machine, as are the containers that wrote them.
 */
public final class MemoryFolders {
  private static final Path ROOT = Path.of("/dev/shm");

  private MemoryFolders() {}

  /** Makes the folder of that volume, unless it is there. */
  static Path make(String podUid, String volume) throws IOException {
    if (!Files.isDirectory(ROOT) || !Files.getFileStore(ROOT).type().equals("tmpfs")) {
      throw new VolumeFailure(
          "emptyDir with medium Memory needs a tmpfs at " + ROOT + ", which this machine has not");
    }
    var owner = PosixFilePermissions.fromString("rwx------");
    var pod = Files.createDirectories(of(podUid), PosixFilePermissions.asFileAttribute(owner));
    var folder = Files.createDirectories(pod.resolve(volume));
    FileSet.permit(folder, 0777);
    return folder;
  }

  /** Removes what a pod has in memory; nothing when it has nothing. */
  static void delete(String podUid, FolderOwner owner) throws IOException {
    Folders.delete(of(podUid), owner);
  }

  /**
   * Removes what is in memory of all pods of some kubelets.
   *
   * @param kubelets the folder that holds the kubelets' data folders
   * @param owner of what we may not remove ourselves
   */
  public static void deleteAll(Path kubelets, FolderOwner owner) throws IOException {
    if (!Files.isDirectory(kubelets)) {
      return;
    }
    try (var data = Files.newDirectoryStream(kubelets)) {
      for (var kubelet : data) {
        deleteOf(kubelet.resolve("pods"), owner);
      }
    }
  }

  private static void deleteOf(Path pods, FolderOwner owner) throws IOException {
    if (!Files.isDirectory(pods)) {
      return;
    }
    try (var uids = Files.newDirectoryStream(pods)) {
      for (var pod : uids) {
        delete(pod.getFileName().toString(), owner);
      }
    }
  }

  static Path of(String podUid, String volume) {
    return of(podUid).resolve(volume);
  }

  private static Path of(String podUid) {
    return ROOT.resolve("jkube-" + podUid);
  }
}
