package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.controller.volume.LocalProvisioner;
import java.util.Set;

/** Makes the class of volumes that a claim gets which names none. What is there stays. */
final class SeedStorageClass implements StartupStep {
  private static final String STANDARD = "standard";

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
    Seeds.ensure(parts.api(), Resources.STORAGE_CLASSES, standard());
  }

  private static ObjectNode standard() {
    var standard = Json.object().put("apiVersion", "storage.k8s.io/v1").put("kind", "StorageClass");
    standard
        .putObject("metadata")
        .put("name", STANDARD)
        .putObject("annotations")
        .put("storageclass.kubernetes.io/is-default-class", "true");
    return standard
        .put("provisioner", LocalProvisioner.NAME)
        .put("reclaimPolicy", "Delete")
        .put("volumeBindingMode", "WaitForFirstConsumer")
        .put("allowVolumeExpansion", true);
  }
}
