package io.jkube.registry.storage;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.HashSet;
import java.util.List;

/** CSIDrivers: how the volumes of a driver want to be treated. */
public final class CsiDrivers {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("storage.k8s.io", "v1", "CSIDriver", "csidrivers")
          .generation()
          .column(TableColumn.bool("AttachRequired", each -> flag(each, "attachRequired", true)))
          .column(TableColumn.bool("PodInfoOnMount", each -> flag(each, "podInfoOnMount", false)))
          .column(TableColumn.bool("StorageCapacity", each -> flag(each, "storageCapacity", false)))
          .column("TokenRequests", CsiDrivers::audiences)
          .column(
              TableColumn.bool("RequiresRepublish", each -> flag(each, "requiresRepublish", false)))
          .column("Modes", CsiDrivers::modes)
          .ageColumn()
          .answersDeleted()
          .strategy(new CsiDriverStrategy())
          .build();

  private CsiDrivers() {}

  private static boolean flag(ObjectNode driver, String field, boolean unsaid) {
    return driver.path("spec").path(field).asBoolean(unsaid);
  }

  private static String audiences(ObjectNode driver) {
    var requests = objects(driver, "/spec/tokenRequests");
    return requests.isEmpty()
        ? "<unset>"
        : String.join(",", requests.stream().map(each -> text(each, "/audience")).toList());
  }

  private static String modes(ObjectNode driver) {
    var modes = String.join(",", texts(driver, "/spec/volumeLifecycleModes"));
    return modes.isEmpty() ? "<none>" : modes;
  }

  private static final class CsiDriverStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode driver) {
      var spec = child(driver, "spec");
      putIfAbsent(spec, "attachRequired", true);
      putIfAbsent(spec, "podInfoOnMount", false);
      putIfAbsent(spec, "storageCapacity", false);
      putIfEmpty(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
      if (spec.path("volumeLifecycleModes").isEmpty()) {
        spec.putArray("volumeLifecycleModes").add("Persistent");
      }
      putIfAbsent(spec, "requiresRepublish", false);
      putIfAbsent(spec, "seLinuxMount", false);
    }

    @Override
    public void validate(ObjectNode driver, Violations violations) {
      DriverNames.validate(text(driver, "/metadata/name"), "metadata.name", violations);
      var spec = driver.path("spec");
      new Rules(violations)
          .oneOf(spec, "fsGroupPolicy", "spec", List.of("File", "None", "ReadWriteOnceWithFSType"));
      for (var mode : texts(spec, "/volumeLifecycleModes")) {
        if (!List.of("Ephemeral", "Persistent").contains(mode)) {
          violations.notSupported(
              "spec.volumeLifecycleModes", mode, List.of("Ephemeral", "Persistent"));
        }
      }
      var seen = new HashSet<String>();
      int index = 0;
      for (var request : objects(spec, "/tokenRequests")) {
        if (!seen.add(text(request, "/audience"))) {
          violations.duplicate(
              "spec.tokenRequests[" + index + "].audience", text(request, "/audience"));
        }
        index++;
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      var rules = new Rules(violations);
      for (var field : List.of("attachRequired", "volumeLifecycleModes")) {
        rules.immutable(updated.path("spec"), current.path("spec"), field, "spec");
      }
    }
  }
}
