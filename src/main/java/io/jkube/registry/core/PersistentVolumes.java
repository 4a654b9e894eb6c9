package io.jkube.registry.core;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Quantities;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.volume.AccessModes;
import io.jkube.registry.volume.VolumeCells;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** PersistentVolumes: pieces of storage that outlive pods. What one is made of never changes. */
public final class PersistentVolumes {
  private static final List<String> RECLAIM_POLICIES = List.of("Delete", "Recycle", "Retain");

  /** The objects in a spec that are no source of a volume. */
  private static final Set<String> NO_SOURCES = Set.of("capacity", "claimRef", "nodeAffinity");

  /** What the spec says beside the source. */
  private static final Set<String> NO_SOURCE_FIELDS =
      Set.of(
          "capacity",
          "accessModes",
          "claimRef",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "mountOptions",
          "volumeMode",
          "nodeAffinity",
          "volumeAttributesClassName");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("", "v1", "PersistentVolume", "persistentvolumes")
          .shortNames("pv")
          .subresources("status")
          .column("Capacity", volume -> VolumeCells.amount(volume.at("/spec/capacity/storage")))
          .column("Access Modes", volume -> AccessModes.shown(volume.at("/spec/accessModes")))
          .column("Reclaim Policy", each -> text(each, "/spec/persistentVolumeReclaimPolicy"))
          .column("Status", VolumeCells::phase)
          .column("Claim", PersistentVolumes::claim)
          .column("StorageClass", VolumeCells::storageClass)
          .column("VolumeAttributesClass", VolumeCells::attributesClass)
          .column("Reason", volume -> text(volume, "/status/reason"))
          .ageColumn()
          .column(TableColumn.wide("VolumeMode", VolumeCells::mode))
          .answersDeleted()
          .strategy(new PersistentVolumeStrategy())
          .build();

  private PersistentVolumes() {}

  private static String claim(ObjectNode volume) {
    var claim = volume.at("/spec/claimRef");
    return claim.isObject() ? text(claim, "/namespace") + "/" + text(claim, "/name") : "";
  }

  private static final class PersistentVolumeStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode volume) {
      var spec = child(volume, "spec");
      putIfEmpty(spec, "persistentVolumeReclaimPolicy", "Retain");
      putIfEmpty(spec, "volumeMode", "Filesystem");
      if (spec.get("hostPath") instanceof ObjectNode path && !path.has("type")) {
        path.put("type", "");
      }
      if (spec.get("iscsi") instanceof ObjectNode iscsi) {
        putIfEmpty(iscsi, "iscsiInterface", "default");
      }
      if (spec.get("rbd") instanceof ObjectNode rbd) {
        putIfEmpty(rbd, "pool", "rbd");
        putIfEmpty(rbd, "user", "admin");
        putIfEmpty(rbd, "keyring", "/etc/ceph/keyring");
      }
      if (spec.get("azureDisk") instanceof ObjectNode disk) {
        putIfEmpty(disk, "cachingMode", "ReadWrite");
        putIfEmpty(disk, "kind", "Shared");
        putIfAbsent(disk, "readOnly", false);
      }
      Quantities.canonical(spec, "capacity");
    }

    @Override
    public void prepareForCreate(ObjectNode volume, Instant now) {
      volume.putObject("status").put("phase", "Pending");
    }

    @Override
    public void validate(ObjectNode volume, Violations violations) {
      var spec = child(volume, "spec");
      AccessModes.validate(spec.path("accessModes"), "spec.accessModes", "", violations);
      capacity(spec.path("capacity"), violations);
      var rules = new Rules(violations);
      rules.oneOf(spec, "persistentVolumeReclaimPolicy", "spec", RECLAIM_POLICIES);
      rules.exactlyOneType(spec, NO_SOURCES, "spec", "volume");
      rules.oneOf(spec, "volumeMode", "spec", List.of("Block", "Filesystem"));
      if (text(spec, "/hostPath/path").equals("/")
          && text(spec, "/persistentVolumeReclaimPolicy").equals("Recycle")) {
        violations.forbidden(
            "spec.persistentVolumeReclaimPolicy",
            "may not be 'recycle' for a hostPath mount of '/'");
      }
      if (spec.path("local").isObject()) {
        local(spec, rules);
      }
      for (var source : List.of("local", "hostPath")) {
        var path = text(spec, "/" + source + "/path");
        if (List.of(path.split("/")).contains("..")) {
          violations.invalid("spec." + source + ".path", path, "must not contain '..'");
        }
      }
    }

    private static void local(ObjectNode spec, Rules rules) {
      rules.required(spec.path("local"), "path", "spec.local");
      if (objects(spec, "/nodeAffinity/required/nodeSelectorTerms").isEmpty()) {
        rules.violations().required("spec.nodeAffinity", "Local volume requires node affinity");
      }
    }

    private static void capacity(JsonNode capacity, Violations violations) {
      if (capacity.isEmpty()) {
        violations.required("spec.capacity", "");
      }
      if (!capacity.has("storage") || capacity.size() > 1) {
        violations.add(
            "FieldValueNotSupported",
            "spec.capacity",
            "Unsupported value: "
                + (capacity.isMissingNode() ? "{}" : capacity)
                + ": supported values: \"storage\"");
      }
      Quantities.positive(capacity, "storage", "spec.capacity[storage]", violations);
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      var after = child(updated, "spec");
      var before = child(current, "spec");
      if (!source(after).equals(source(before))) {
        violations.forbidden(
            "spec.persistentvolumesource",
            "spec.persistentvolumesource is immutable after creation");
      }
      var rules = new Rules(violations);
      rules.immutable(after, before, "volumeMode", "");
      if (before.has("nodeAffinity")) {
        rules.immutable(after, before, "nodeAffinity", "");
      }
    }

    private static ObjectNode source(ObjectNode spec) {
      return spec.deepCopy().remove(new HashSet<>(NO_SOURCE_FIELDS));
    }
  }
}
