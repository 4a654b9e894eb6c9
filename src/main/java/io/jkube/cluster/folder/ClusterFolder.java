package io.jkube.cluster.folder;

import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.volume.Folders;
import io.jkube.kubelet.volume.MemoryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where one cluster keeps what it has.
 *
 * @param name of the cluster, its context and its containers' label: a DNS label
 * @param path absolute
 */
public record ClusterFolder(String name, Path path) {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public ClusterFolder {
    if (!DNS_LABEL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "invalid cluster name \""
              + name
              + "\": it must consist of lower case alphanumeric characters or '-', start and end"
              + " with an alphanumeric character, and be at most 63 characters long");
    }
  }

  /**
   * @param environment of the process: JKUBE_HOME, else HOME
   */
  public static ClusterFolder of(String name, Map<String, String> environment) {
    return new ClusterFolder(name, home(environment).resolve(name));
  }

  /** The folder that holds every cluster's folder. */
  public static Path home(Map<String, String> environment) {
    var home = environment.get("JKUBE_HOME");
    return home == null || home.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".jkube")
        : Path.of(home).toAbsolutePath();
  }

  /** Every cluster that was started under this home and not deleted, by name. */
  public static List<ClusterFolder> all(Map<String, String> environment) throws IOException {
    try (var entries = Files.list(home(environment))) {
      return entries
          .filter(entry -> DNS_LABEL.matcher(entry.getFileName().toString()).matches())
          .map(entry -> new ClusterFolder(entry.getFileName().toString(), entry))
          .filter(ClusterFolder::exists)
          .sorted(Comparator.comparing(ClusterFolder::name))
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** Whether a cluster was ever started here. */
  public boolean exists() {
    return Files.isDirectory(keys()) || Files.isDirectory(state());
  }

  public Path keys() {
    return path.resolve("pki");
  }

  public Path state() {
    return path.resolve("state");
  }

  /** The API without TLS, for the folder's owner. */
  public Path socket() {
    return path.resolve("api.sock");
  }

  /** Takes command lines of the folder's owner. */
  public Path commandSocket() {
    return path.resolve("cli.sock");
  }

  public Path log() {
    return path.resolve("log");
  }

  public Path record() {
    return path.resolve("server.json");
  }

  /** How services are routed, in words, as the last server found out. */
  public Path services() {
    return path.resolve("services");
  }

  /** The addresses that services have, {@code 10.96.0.0/16}: chosen at the first start. */
  public Path serviceRange() {
    return path.resolve("service-range");
  }

  /** Where ingresses are reached, in words; not there while there are none. */
  public Path ingress() {
    return path.resolve("ingress");
  }

  /** The context that was current before this cluster's became it. */
  public Path previousContext() {
    return path.resolve("previous-context");
  }

  /** What kubelets keep of their pods: volumes, logs. */
  public Path kubelet() {
    return path.resolve("kubelet");
  }

  /** What PersistentVolumes hold that were made for claims: a folder each. */
  public Path volumes() {
    return path.resolve("volumes");
  }

  /**
   * Removes what pods wrote, on disk and in memory.
   *
   * @param owner of what containers wrote as other users
   */
  public void deletePodData(FolderOwner owner) throws IOException {
    MemoryFolders.deleteAll(kubelet(), owner);
    Folders.delete(kubelet(), owner);
    Folders.delete(volumes(), owner);
  }

  /**
   * Removes the folder with everything in it, and what its pods have in memory; links are removed,
   * not followed.
   */
  public void delete() throws IOException {
    deletePodData(FolderOwner.NONE);
    Folders.delete(path, FolderOwner.NONE);
  }
}
