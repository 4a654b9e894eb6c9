package io.jkube.kubelet.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.jkube.kubelet.container.ObjectLookup;
import io.jkube.kubelet.container.PodFacts;
import io.jkube.kubelet.runtime.ContainerRuntime.Device;
import io.jkube.kubelet.runtime.ContainerRuntime.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Volumes of pods that run in name only: nothing would read the files, so none are written and no
 * token is signed. What a pod has to wait for it waits for here, too: its ConfigMaps, Secrets and
 * claims have to be there.
 */
public record VolumesInName(Path dataFolder, ObjectLookup objects) implements PodVolumes {
  @Override
  public Map<String, PodVolume> setUp(PodFacts facts) {
    for (var volume : facts.pod().getSpec().getVolumes()) {
      try {
        require(facts, volume);
      } catch (VolumeFailure missing) {
        throw missing.of(volume.getName());
      }
    }
    return Map.of();
  }

  @Override
  public long usedBytes(Pod pod, Volume volume) {
    return 0;
  }

  private void require(PodFacts facts, Volume volume) {
    var namespace = facts.pod().getMetadata().getNamespace();
    if (volume.getConfigMap() != null) {
      var map = volume.getConfigMap();
      requireMap(namespace, map.getName(), map.getOptional());
    } else if (volume.getSecret() != null) {
      var secret = volume.getSecret();
      requireSecret(namespace, secret.getSecretName(), secret.getOptional());
    } else if (volume.getPersistentVolumeClaim() != null || volume.getEphemeral() != null) {
      new ClaimVolume(objects).bound(facts, volume);
    } else if (volume.getProjected() != null && !ProjectedVolume.isInjected(volume)) {
      for (var source : volume.getProjected().getSources()) {
        if (source.getConfigMap() != null) {
          requireMap(
              namespace, source.getConfigMap().getName(), source.getConfigMap().getOptional());
        } else if (source.getSecret() != null) {
          requireSecret(namespace, source.getSecret().getName(), source.getSecret().getOptional());
        }
      }
    }
  }

  private void requireMap(String namespace, String name, Boolean optional) {
    if (!Boolean.TRUE.equals(optional) && objects.configMap(namespace, name).isEmpty()) {
      throw new VolumeFailure("configmap \"" + name + "\" not found");
    }
  }

  private void requireSecret(String namespace, String name, Boolean optional) {
    if (!Boolean.TRUE.equals(optional) && objects.secret(namespace, name).isEmpty()) {
      throw new VolumeFailure("secret \"" + name + "\" not found");
    }
  }

  @Override
  public List<Mount> mounts(
      Pod pod,
      Container container,
      int attempt,
      Map<String, PodVolume> volumes,
      Map<String, String> variables) {
    return List.of();
  }

  @Override
  public List<Device> devices(Container container, Map<String, PodVolume> volumes) {
    return List.of();
  }

  @Override
  public void writeHosts(Pod pod, String podAddress) {}

  @Override
  public Path terminationMessageFile(Pod pod, Container container, int attempt) {
    return dataFolder.resolve(pod.getMetadata().getUid());
  }

  @Override
  public void remove(String podUid) {}

  @Override
  public Set<String> known() {
    return Set.of();
  }
}
