package io.jkube.registry.storage;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.List;

/** StorageClasses: ways to make volumes. What a class makes never changes. */
public final class StorageClasses {
  private static final String DEFAULT_MARK = "storageclass.kubernetes.io/is-default-class";
  private static final List<String> RECLAIM_POLICIES = List.of("Delete", "Retain");
  private static final List<String> BINDING_MODES = List.of("Immediate", "WaitForFirstConsumer");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("storage.k8s.io", "v1", "StorageClass", "storageclasses")
          .shortNames("sc")
          .firstColumn(new TableColumn("Name", "string", "name", "", 0, StorageClasses::markedName))
          .column("Provisioner", each -> text(each, "/provisioner"))
          .column("ReclaimPolicy", each -> text(each, "/reclaimPolicy"))
          .column("VolumeBindingMode", each -> text(each, "/volumeBindingMode"))
          .column(
              TableColumn.bool(
                  "AllowVolumeExpansion", each -> each.path("allowVolumeExpansion").asBoolean()))
          .ageColumn()
          .answersDeleted()
          .strategy(new StorageClassStrategy())
          .build();

  private StorageClasses() {}

  private static String markedName(ObjectNode storageClass) {
    var mark = storageClass.at("/metadata/annotations").path(DEFAULT_MARK).asText();
    return text(storageClass, "/metadata/name") + (mark.equals("true") ? " (default)" : "");
  }

  private static final class StorageClassStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode storageClass) {
      Tree.putIfEmpty(storageClass, "reclaimPolicy", "Delete");
      Tree.putIfEmpty(storageClass, "volumeBindingMode", "Immediate");
    }

    @Override
    public void validate(ObjectNode storageClass, Violations violations) {
      if (text(storageClass, "/provisioner").isEmpty()) {
        violations.required("provisioner", "");
      }
      oneOf(storageClass, "reclaimPolicy", RECLAIM_POLICIES, violations);
      oneOf(storageClass, "volumeBindingMode", BINDING_MODES, violations);
    }

    private static void oneOf(
        ObjectNode storageClass, String field, List<String> words, Violations violations) {
      var value = text(storageClass, "/" + field);
      if (!words.contains(value)) {
        violations.notSupported(field, value, words);
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      violations
          .forbidIfChanged("parameters", updated, current, "updates to parameters are forbidden.")
          .forbidIfChanged("provisioner", updated, current, "updates to provisioner are forbidden.")
          .forbidIfChanged(
              "reclaimPolicy", updated, current, "updates to reclaimPolicy are forbidden.");
      if (!updated.path("volumeBindingMode").equals(current.path("volumeBindingMode"))) {
        violations.invalid(
            "volumeBindingMode", updated.get("volumeBindingMode"), "field is immutable");
      }
    }
  }
}
