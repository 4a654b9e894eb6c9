package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.container.Expansion;
import io.jkube.kubelet.container.HostsFile;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodDns;
import io.jkube.kubelet.container.PodFacts;
import io.jkube.kubelet.runtime.ContainerRuntime.Device;
import io.jkube.kubelet.runtime.ContainerRuntime.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Volumes as folders of this machine. Each pod's folder is its worker's. */
public final class FolderVolumes implements PodVolumes {
  private final Path pods;
  private final List<VolumeKind> kinds;
  private final PodDns dns;
  private final HostsFile hosts;
  private final FolderOwner folderOwner;

  /**
   * @param dataFolder the kubelet's
   * @param folderOwner asked for what only root may do, where we are not root
   */
  public FolderVolumes(
      Path dataFolder,
      ObjectLookup objects,
      TokenSource tokens,
      PodDns dns,
      FolderOwner folderOwner) {
    this.dns = dns;
    this.hosts = new HostsFile(dns.clusterDomain(), Path.of(HostsFile.PATH));
    this.folderOwner = folderOwner;
    this.pods = dataFolder.resolve("pods");
    this.kinds =
        List.of(
            new EmptyDirVolume(),
            new HostPathVolume(),
            new ClaimVolume(objects),
            new ConfigMapVolume(objects),
            new SecretVolume(objects),
            new DownwardApiVolume(),
            new ProjectedVolume(objects, tokens));
  }

  @Override
  public Map<String, PodVolume> setUp(PodFacts facts) {
    var volumes = new HashMap<String, PodVolume>();
    for (var volume : facts.pod().getSpec().getVolumes()) {
      try {
        volumes.put(volume.getName(), setUp(facts, volume));
      } catch (VolumeFailure failure) {
        throw failure.of(volume.getName());
      } catch (IOException failure) {
        throw new VolumeFailure(failure.getMessage(), failure).of(volume.getName());
      }
    }
    return volumes;
  }

  private PodVolume setUp(PodFacts facts, Volume volume) throws IOException {
    for (var kind : kinds) {
      if (kind.is(volume)) {
        var folder = folder(facts.pod()).resolve("volumes");
        var own = folder.resolve("kubernetes.io~" + kind.folderName()).resolve(volume.getName());
        Files.createDirectories(own);
        var ready = kind.setUp(facts, volume, own);
        give(facts.pod(), ready, own);
        return ready;
      }
    }
    throw new VolumeFailure("this kind of volume is not supported yet");
  }

  /** Files of a claim, of which there may be many, change hands once a pod. */
  private void give(Pod pod, PodVolume volume, Path own) throws IOException {
    switch (volume.owner()) {
      case POD -> FsGroup.apply(pod, volume, folderOwner);
      case CLAIM -> {
        var given = own.resolve("given");
        if (!volume.readOnly() && !Files.exists(given)) {
          FsGroup.apply(pod, volume, folderOwner);
          Files.createFile(given);
        }
      }
      case MACHINE -> {}
    }
  }

  @Override
  public List<Mount> mounts(
      Pod pod,
      Container container,
      int attempt,
      Map<String, PodVolume> volumes,
      Map<String, String> variables) {
    var mounts = new ArrayList<Mount>();
    try {
      for (var mount : container.getVolumeMounts()) {
        mounts.add(mount(mount, volumes, variables));
      }
      mounts.add(terminationMessage(pod, container, attempt));
      if (!mountsHosts(container)) {
        mounts.add(hosts(pod));
      }
      var resolver = dns.resolvConf(pod);
      if (resolver.isPresent()) {
        mounts.add(file(pod, "resolv-conf", resolver.get(), "/etc/resolv.conf"));
      }
      return mounts;
    } catch (IOException failure) {
      throw new VolumeFailure("mounts of container " + container.getName() + ": " + failure);
    }
  }

  @Override
  public List<Device> devices(Container container, Map<String, PodVolume> volumes) {
    return container.getVolumeDevices().stream()
        .map(
            device -> {
              var volume = volumes.get(device.getName());
              return new Device(
                  volume.path().toString(), device.getDevicePath(), volume.readOnly());
            })
        .toList();
  }

  private static Mount mount(
      VolumeMount mount, Map<String, PodVolume> volumes, Map<String, String> variables)
      throws IOException {
    var volume = volumes.get(mount.getName());
    var expression = mount.getSubPathExpr();
    var sub =
        expression == null || expression.isEmpty()
            ? mount.getSubPath()
            : Expansion.of(expression, variables);
    var path = sub == null || sub.isEmpty() ? volume.path() : SubPath.of(volume.path(), sub);
    return new Mount(
        path.toRealPath().toString(),
        mount.getMountPath(),
        volume.readOnly() || Boolean.TRUE.equals(mount.getReadOnly()),
        propagation(mount.getMountPropagation()),
        isRecursive(mount));
  }

  /** Whether the engine can is asked before; where it may do without, it does without. */
  private static boolean isRecursive(VolumeMount mount) {
    return "Enabled".equals(mount.getRecursiveReadOnly());
  }

  private static String propagation(String mode) {
    return switch (mode == null ? "" : mode) {
      case "HostToContainer" -> "rslave";
      case "Bidirectional" -> "rshared";
      default -> "private";
    };
  }

  private Mount terminationMessage(Pod pod, Container container, int attempt) throws IOException {
    var file = terminationMessageFile(pod, container, attempt);
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    FileSet.permit(file, 0666);
    return new Mount(file.toString(), container.getTerminationMessagePath(), false, "private");
  }

  @Override
  public Path terminationMessageFile(Pod pod, Container container, int attempt) {
    var folder = folder(pod).resolve("containers").resolve(container.getName());
    return folder.resolve("termination-log-" + attempt).toAbsolutePath();
  }

  private static boolean mountsHosts(Container container) {
    return container.getVolumeMounts().stream()
        .anyMatch(mount -> mount.getMountPath().equals(HostsFile.PATH));
  }

  /** The file is there when a container is made; what it says, only when the pod has an address. */
  private Mount hosts(Pod pod) throws IOException {
    var file = hostsFile(pod);
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    return new Mount(file.toString(), HostsFile.PATH, false, "private");
  }

  @Override
  public void writeHosts(Pod pod, String podAddress) {
    var file = hostsFile(pod);
    try {
      var text = hosts.of(pod, podAddress);
      if (Files.exists(file) && !Files.readString(file, HostsFile.CHARSET).equals(text)) {
        Files.writeString(file, text, HostsFile.CHARSET);
        FileSet.permit(file, 0644);
      }
    } catch (IOException failure) {
      throw new VolumeFailure("the hosts file cannot be written: " + failure, failure);
    }
  }

  private Path hostsFile(Pod pod) {
    return folder(pod).resolve("etc-hosts");
  }

  /** Writes a file that all containers of the pod share. */
  private Mount file(Pod pod, String name, String text, String target) throws IOException {
    var file = folder(pod).resolve(name).toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    FileSet.permit(file, 0644);
    return new Mount(file.toString(), target, false, "private");
  }

  @Override
  public void remove(String podUid) throws IOException {
    MemoryFolders.delete(podUid, folderOwner);
    Folders.delete(pods.resolve(podUid), folderOwner);
  }

  @Override
  public long usedBytes(Pod pod, Volume volume) {
    if (volume.getEmptyDir() == null) {
      return 0;
    }
    var uid = pod.getMetadata().getUid();
    var onDisk = folder(pod).resolve("volumes/kubernetes.io~empty-dir").resolve(volume.getName());
    return Folders.bytes(onDisk) + Folders.bytes(MemoryFolders.of(uid, volume.getName()));
  }

  @Override
  public Set<String> known() throws IOException {
    var uids = new TreeSet<String>();
    if (Files.isDirectory(pods)) {
      try (var folders = Files.newDirectoryStream(pods)) {
        folders.forEach(folder -> uids.add(folder.getFileName().toString()));
      }
    }
    return uids;
  }

  private Path folder(Pod pod) {
    return pods.resolve(pod.getMetadata().getUid()).toAbsolutePath();
  }
}
