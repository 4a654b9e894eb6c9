package io.jkube.registry.pod;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;

/** What upstream fills in for a volume of a pod. */
final class VolumeDefaults {
  /** rw-r--r--, octal 644. */
  private static final int FILE_MODE = 0644;

  private static final int TOKEN_SECONDS = 3600;

  private VolumeDefaults() {}

  static void apply(ObjectNode volume) {
    if (volume.size() <= 1) {
      volume.putObject("emptyDir");
    }
    for (var source : volume.properties()) {
      if (source.getValue() instanceof ObjectNode fields) {
        applyToSource(source.getKey(), fields);
      }
    }
  }

  private static void applyToSource(String kind, ObjectNode source) {
    switch (kind) {
      case "secret", "configMap" -> putIfAbsent(source, "defaultMode", FILE_MODE);
      case "downwardAPI" -> {
        putIfAbsent(source, "defaultMode", FILE_MODE);
        objects(source, "/items").forEach(ContainerDefaults::fieldReference);
      }
      case "projected" -> projected(source);
      case "hostPath" -> {
        if (!source.has("type")) {
          source.put("type", "");
        }
      }
      case "image" ->
          putIfEmpty(
              source,
              "pullPolicy",
              ImageReference.defaultPullPolicy(Tree.text(source, "/reference")));
      case "ephemeral" -> {
        if (source.at("/volumeClaimTemplate/spec") instanceof ObjectNode claim) {
          putIfEmpty(claim, "volumeMode", "Filesystem");
        }
      }
      case "iscsi" -> putIfEmpty(source, "iscsiInterface", "default");
      case "rbd" -> {
        putIfEmpty(source, "pool", "rbd");
        putIfEmpty(source, "user", "admin");
        putIfEmpty(source, "keyring", "/etc/ceph/keyring");
      }
      case "azureDisk" -> {
        putIfEmpty(source, "cachingMode", "ReadWrite");
        putIfEmpty(source, "kind", "Shared");
        putIfEmpty(source, "fsType", "ext4");
        putIfAbsent(source, "readOnly", false);
      }
      case "scaleIO" -> {
        putIfEmpty(source, "storageMode", "ThinProvisioned");
        putIfEmpty(source, "fsType", "xfs");
      }
      default -> {} // the other sources have no defaults
    }
  }

  private static void projected(ObjectNode projected) {
    putIfAbsent(projected, "defaultMode", FILE_MODE);
    for (var source : objects(projected, "/sources")) {
      if (source.get("serviceAccountToken") instanceof ObjectNode token) {
        putIfAbsent(token, "expirationSeconds", TOKEN_SECONDS);
      }
      objects(source, "/downwardAPI/items").forEach(ContainerDefaults::fieldReference);
    }
  }
}
