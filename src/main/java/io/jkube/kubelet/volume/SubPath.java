package io.jkube.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A part of a volume: a file or folder in it, which is made where it is missing, as a folder that
 * is as open as the volume and passes its group on where that does.
 */
final class SubPath {
  private static final int PERMISSIONS = 07777;

  private SubPath() {}

  /**
   * @throws VolumeFailure when it leads out of the volume, also by links that a container made
   */
  static Path of(Path volume, String sub) throws IOException {
    var path = volume.resolve(sub).normalize();
    if (!path.startsWith(volume)) {
      throw leadsOut(sub);
    }
    var root = volume.toRealPath();
    int mode = (int) Files.getAttribute(volume, "unix:mode") & PERMISSIONS;
    var there = volume;
    for (var name : volume.relativize(path)) {
      there = there.resolve(name);
      if (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(there);
        Files.setAttribute(there, "unix:mode", mode);
      }
      if (!there.toRealPath().startsWith(root)) {
        throw leadsOut(sub);
      }
    }
    return path;
  }

  private static VolumeFailure leadsOut(String sub) {
    return new VolumeFailure("subPath " + sub + " leads out of its volume");
  }
}
