package io.jkube.registry.core;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Quantity;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.admission.ClaimStorage;
import io.jkube.registry.admission.LimitRanger;
import io.jkube.registry.volume.AccessModes;
import io.jkube.registry.volume.ClaimDefaults;
import io.jkube.registry.volume.ClaimValidation;
import io.jkube.registry.volume.VolumeCells;
import java.time.Instant;

/** PersistentVolumeClaims: what a pod's owner asks of storage. */
public final class PersistentVolumeClaims {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims")
          .shortNames("pvc")
          .subresources("status")
          .column("Status", VolumeCells::phase)
          .column("Volume", claim -> text(claim, "/spec/volumeName"))
          .column("Capacity", PersistentVolumeClaims::capacity)
          .column("Access Modes", PersistentVolumeClaims::accessModes)
          .column("StorageClass", VolumeCells::storageClass)
          .column("VolumeAttributesClass", VolumeCells::attributesClass)
          .ageColumn()
          .column(TableColumn.wide("VolumeMode", VolumeCells::mode))
          .answersDeleted()
          .strategy(new ClaimStrategy())
          .build();

  private PersistentVolumeClaims() {}

  /** Known when there is a volume. */
  private static String capacity(ObjectNode claim) {
    return text(claim, "/spec/volumeName").isEmpty()
        ? ""
        : VolumeCells.amount(claim.at("/status/capacity/storage"));
  }

  private static String accessModes(ObjectNode claim) {
    return text(claim, "/spec/volumeName").isEmpty()
        ? ""
        : AccessModes.shown(claim.at("/status/accessModes"));
  }

  private static final class ClaimStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode claim) {
      ClaimDefaults.apply(claim);
    }

    @Override
    public void prepareForCreate(ObjectNode claim, Instant now) {
      claim.putObject("status").put("phase", "Pending");
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode current) {
      StatusStrategy.super.prepareForStatusUpdate(updated, current);
      putIfEmpty(child(updated, "status"), "phase", "Pending");
    }

    @Override
    public void admitCreate(ObjectNode claim, StoredObjects others) {
      LimitRanger.admitClaim(claim, others);
      ClaimStorage.defaultClass(claim, others);
    }

    @Override
    public void admitUpdate(ObjectNode updated, ObjectNode current, StoredObjects others) {
      ClaimStorage.resize(updated, current, others);
    }

    @Override
    public void validate(ObjectNode claim, Violations violations) {
      ClaimValidation.validate(claim.path("spec"), "spec", violations);
    }

    /** Its class and volume are set once; a bound claim may grow. */
    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      var after = child(updated, "spec").deepCopy();
      var before = child(current, "spec").deepCopy();
      for (var once : new String[] {"volumeName", "storageClassName"}) {
        if (text(before, "/" + once).isEmpty()) {
          after.remove(once);
          before.remove(once);
        }
      }
      if (text(updated, "/status/phase").equals("Bound")) {
        child(child(after, "resources"), "requests").remove("storage");
        child(child(before, "resources"), "requests").remove("storage");
        after.remove("volumeAttributesClassName");
        before.remove("volumeAttributesClassName");
      }
      if (!after.equals(before)) {
        violations.forbidden(
            "spec",
            "spec is immutable after creation except resources.requests and"
                + " volumeAttributesClassName for bound claims");
      }
      if (size(updated).compareTo(size(current)) < 0) {
        violations.forbidden(
            "spec.resources.requests.storage", "field can not be less than status.capacity");
      }
    }

    private static Quantity size(ObjectNode claim) {
      var size = claim.at("/spec/resources/requests/storage");
      return size.isMissingNode() ? Quantity.ZERO : Quantity.of(size);
    }
  }
}
