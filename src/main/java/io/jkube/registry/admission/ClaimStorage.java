package io.jkube.registry.admission;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Quantity;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.registry.StoredObjects;
import java.util.Comparator;

/**
 * What upstream's plugins DefaultStorageClass and PersistentVolumeClaimResize do for claims: one
 * that names no class gets the newest default one; one grows only where its class lets it.
 */
public final class ClaimStorage {
  private static final String DEFAULT_MARK = "storageclass.kubernetes.io/is-default-class";
  private static final String OLD_DEFAULT_MARK = "storageclass.beta.kubernetes.io/is-default-class";
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  private ClaimStorage() {}

  public static void defaultClass(ObjectNode claim, StoredObjects others) {
    if (claim.path("spec").has("storageClassName")
        || claim.at("/metadata/annotations").has(CLASS_ANNOTATION)) {
      return;
    }
    others.list(Resources.STORAGE_CLASSES).stream()
        .filter(ClaimStorage::isDefault)
        .max(
            Comparator.<ObjectNode, String>comparing(
                    each -> text(each, "/metadata/creationTimestamp"))
                .thenComparing(each -> text(each, "/metadata/name"), Comparator.reverseOrder()))
        .ifPresent(
            chosen -> child(claim, "spec").put("storageClassName", text(chosen, "/metadata/name")));
  }

  private static boolean isDefault(ObjectNode storageClass) {
    var annotations = storageClass.at("/metadata/annotations");
    return annotations.path(DEFAULT_MARK).asText().equals("true")
        || annotations.path(OLD_DEFAULT_MARK).asText().equals("true");
  }

  /**
   * @throws ApiException Forbidden, where a bound claim asks for more than it may get
   */
  public static void resize(ObjectNode updated, ObjectNode current, StoredObjects others) {
    boolean grows = size(updated).compareTo(size(current)) > 0;
    if (!grows || !text(current, "/status/phase").equals("Bound")) {
      return;
    }
    var name = text(updated, "/spec/storageClassName");
    boolean allowed =
        !name.isEmpty()
            && others
                .get(Resources.STORAGE_CLASSES, new ObjectKey("", name))
                .map(found -> found.path("allowVolumeExpansion").asBoolean())
                .orElse(false);
    if (!allowed) {
      throw new ApiException(
          StatusReason.FORBIDDEN,
          "persistentvolumeclaims \""
              + text(updated, "/metadata/name")
              + "\" is forbidden: only dynamically provisioned pvc can be resized and the"
              + " storageclass that provisions the pvc must support resize");
    }
  }

  private static Quantity size(ObjectNode claim) {
    JsonNode size = claim.at("/spec/resources/requests/storage");
    return size.isMissingNode() ? Quantity.ZERO : Quantity.of(size);
  }
}
