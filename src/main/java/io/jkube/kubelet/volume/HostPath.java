package io.jkube.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A path of this machine, of a type that is checked or made (Kubernetes: "hostPath"). */
final class HostPath {
  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int CHARACTER_DEVICE = 0020000;

  private HostPath() {}

  /**
   * @param type empty: whatever is there, or a new folder
   * @throws VolumeFailure when it is of another type
   */
  static Path of(String name, String type) {
    var path = Path.of(name);
    try {
      switch (type) {
        case "" -> createWhereMissing(path);
        case "DirectoryOrCreate" -> Files.createDirectories(path);
        case "Directory" -> require(Files.isDirectory(path), path, "a directory");
        case "FileOrCreate" -> {
          if (!Files.exists(path)) {
            Files.createFile(path);
          }
          require(Files.isRegularFile(path), path, "a file");
        }
        case "File" -> require(Files.isRegularFile(path), path, "a file");
        case "Socket" -> require(fileType(path) == SOCKET, path, "a socket file");
        case "CharDevice" -> require(fileType(path) == CHARACTER_DEVICE, path, "character device");
        case "BlockDevice" -> require(fileType(path) == BLOCK_DEVICE, path, "block device");
        default -> throw new VolumeFailure("unknown hostPath type " + type);
      }
      return path;
    } catch (IOException failure) {
      throw new VolumeFailure("hostPath " + path + ": " + failure, failure);
    }
  }

  /** As an engine's bind does it for upstream: a folder, where there is nothing. */
  private static void createWhereMissing(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(path);
    }
  }

  static boolean isBlockDevice(Path path) throws IOException {
    return fileType(path) == BLOCK_DEVICE;
  }

  private static int fileType(Path path) throws IOException {
    return Files.exists(path) ? (int) Files.getAttribute(path, "unix:mode") & FILE_TYPE : 0;
  }

  private static void require(boolean holds, Path path, String what) {
    if (!holds) {
      throw new VolumeFailure("hostPath type check failed: " + path + " is not " + what);
    }
  }
}
