package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.controller.volume.LocalProvisioner;
import java.util.Set;

/** Makes the class of volumes that a claim gets which names none. What is there stays. */
final class SeedStorageClass implements StartupStep {
  private static final ObjectKey STANDARD = ObjectKey.cluster("standard");

  @Override
  public String title() {
    return "Seed the StorageClass standard";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(BuildApi.class);
  }

  @Override
  public void start(Parts parts) {
    var api = parts.api();
    if (api.find(Resources.STORAGE_CLASSES, STANDARD).isPresent()) {
      return;
    }
    try {
      api.create(Resources.STORAGE_CLASSES, standard());
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.ALREADY_EXISTS) {
        throw refused;
      }
    }
  }

  private static ObjectNode standard() {
    var standard = Json.object().put("apiVersion", "storage.k8s.io/v1").put("kind", "StorageClass");
    standard
        .putObject("metadata")
        .put("name", STANDARD.name())
        .putObject("annotations")
        .put("storageclass.kubernetes.io/is-default-class", "true");
    return standard
        .put("provisioner", LocalProvisioner.NAME)
        .put("reclaimPolicy", "Delete")
        .put("volumeBindingMode", "WaitForFirstConsumer")
        .put("allowVolumeExpansion", true);
  }
}
