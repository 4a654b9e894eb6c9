package io.jkube.registry.volume;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What tables of volumes and of claims have in common. */
public final class VolumeCells {
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  private VolumeCells() {}

  /** 0 where nothing is said. */
  public static String amount(JsonNode quantity) {
    return quantity.isMissingNode() ? "0" : quantity.asText();
  }

  public static String phase(ObjectNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp")
        ? "Terminating"
        : text(object, "/status/phase");
  }

  public static String storageClass(ObjectNode object) {
    var old = object.at("/metadata/annotations").path(CLASS_ANNOTATION);
    return old.isTextual() ? old.textValue() : text(object, "/spec/storageClassName");
  }

  public static String attributesClass(ObjectNode object) {
    return orUnset(text(object, "/spec/volumeAttributesClassName"));
  }

  public static String mode(ObjectNode object) {
    return orUnset(text(object, "/spec/volumeMode"));
  }

  private static String orUnset(String value) {
    return value.isEmpty() ? "<unset>" : value;
  }
}
