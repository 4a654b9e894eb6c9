package io.jkube.kubelet.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** A ConfigMap or Secret whose keys are files of a pod. */
public record VolumeSource(GroupVersionResource resource, ObjectKey key) {
  public VolumeSource {
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(key, "key");
  }

  /** Of all volumes of the pod. */
  public static Set<VolumeSource> of(ObjectNode pod) {
    var namespace = pod.at("/metadata/namespace").asText();
    var sources = new HashSet<VolumeSource>();
    for (var volume : pod.at("/spec/volumes")) {
      add(sources, namespace, volume.path("configMap").path("name"), Resources.CONFIG_MAPS);
      add(sources, namespace, volume.path("secret").path("secretName"), Resources.SECRETS);
      for (var source : volume.path("projected").path("sources")) {
        add(sources, namespace, source.path("configMap").path("name"), Resources.CONFIG_MAPS);
        add(sources, namespace, source.path("secret").path("name"), Resources.SECRETS);
      }
    }
    return sources;
  }

  private static void add(
      Set<VolumeSource> sources, String namespace, JsonNode name, GroupVersionResource resource) {
    if (name.isTextual()) {
      sources.add(new VolumeSource(resource, new ObjectKey(namespace, name.textValue())));
    }
  }
}
