package io.jkube.api.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.api.Quantity;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which volume a claim gets (Kubernetes: "Persistent Volumes", Binding). */
public final class VolumeMatch {
  private VolumeMatch() {}

  /**
   * The volume that was reserved for the claim, else the smallest free one that satisfies it.
   *
   * @param reachable whether the volume can be had where it is needed
   */
  public static Optional<ObjectNode> best(
      ObjectNode claim, Collection<ObjectNode> volumes, Predicate<ObjectNode> reachable) {
    var reserved = reserved(claim, volumes).filter(reachable);
    return reserved.isPresent()
        ? reserved
        : volumes.stream()
            .filter(volume -> isFree(volume) && satisfies(volume, claim))
            .filter(reachable)
            .min((a, b) -> size(a).compareTo(size(b)));
  }

  /** The volume whose {@code claimRef} names this claim, if it is large enough. */
  public static Optional<ObjectNode> reserved(ObjectNode claim, Collection<ObjectNode> volumes) {
    return volumes.stream()
        .filter(volume -> refersTo(volume, claim) && !isBeingDeleted(volume))
        .filter(volume -> mode(volume).equals(mode(claim)))
        .filter(volume -> size(volume).compareTo(requested(claim)) >= 0)
        .findFirst();
  }

  /** Why a claim cannot have the volume that it names; empty when it can. */
  public static Optional<String> mismatch(ObjectNode volume, ObjectNode claim) {
    if (isBeingDeleted(volume)) {
      return Optional.of("the volume is marked for deletion \"" + name(volume) + "\"");
    }
    if (size(volume).compareTo(requested(claim)) < 0) {
      return Optional.of("requested PV is too small");
    }
    if (!className(volume).equals(className(claim))) {
      return Optional.of("storageClassName does not match");
    }
    if (!mode(volume).equals(mode(claim))) {
      return Optional.of("incompatible volumeMode");
    }
    return modes(volume).containsAll(modes(claim))
        ? Optional.empty()
        : Optional.of("incompatible accessMode");
  }

  /** Whether the volume is, or is reserved, for this claim. */
  public static boolean refersTo(ObjectNode volume, ObjectNode claim) {
    var reference = volume.path("spec").path("claimRef");
    var uid = reference.path("uid").asText();
    return reference.isObject()
        && referenced(volume).equals(key(claim))
        && (uid.isEmpty() || uid.equals(uid(claim)));
  }

  /** The key of the claim that the volume refers to. */
  public static ObjectKey referenced(ObjectNode volume) {
    var reference = volume.path("spec").path("claimRef");
    return new ObjectKey(reference.path("namespace").asText(), reference.path("name").asText());
  }

  /** Whether claim and volume are tied to each other for good, as both say. */
  public static boolean isFullyBound(ObjectNode claim) {
    return !volumeName(claim).isEmpty() && hasAnnotation(claim, VolumeAnnotations.BIND_COMPLETED);
  }

  public static String volumeName(ObjectNode claim) {
    return claim.path("spec").path("volumeName").asText();
  }

  /** The class of a claim or volume; empty for none. */
  public static String className(ObjectNode object) {
    var old = annotation(object, VolumeAnnotations.OLD_CLASS);
    return old.isEmpty() ? object.path("spec").path("storageClassName").asText() : old;
  }

  /** Whether volumes of that class wait for the first pod. */
  public static boolean waitsForPod(ObjectNode storageClass) {
    return storageClass.path("volumeBindingMode").asText().equals("WaitForFirstConsumer");
  }

  public static Quantity requested(ObjectNode claim) {
    return Quantity.of(claim.at("/spec/resources/requests/storage"));
  }

  public static Quantity size(ObjectNode volume) {
    return Quantity.of(volume.at("/spec/capacity/storage"));
  }

  public static String annotation(ObjectNode object, String name) {
    return object.path("metadata").path("annotations").path(name).asText();
  }

  public static boolean hasAnnotation(ObjectNode object, String name) {
    return object.path("metadata").path("annotations").has(name);
  }

  private static boolean isFree(ObjectNode volume) {
    return !volume.path("spec").path("claimRef").isObject()
        && volume.path("status").path("phase").asText().equals("Available");
  }

  private static boolean satisfies(ObjectNode volume, ObjectNode claim) {
    var selector = claim.path("spec").get("selector");
    return mismatch(volume, claim).isEmpty()
        && (selector == null || LabelSelector.of(selector).matches(labels(volume)));
  }

  private static boolean isBeingDeleted(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  private static String mode(ObjectNode object) {
    return object.path("spec").path("volumeMode").asText("Filesystem");
  }

  private static Set<String> modes(ObjectNode object) {
    var modes = new HashSet<String>();
    object.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asText()));
    return modes;
  }

  private static Map<String, String> labels(ObjectNode object) {
    var labels = new HashMap<String, String>();
    object
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static ObjectKey key(ObjectNode object) {
    var metadata = object.path("metadata");
    return new ObjectKey(metadata.path("namespace").asText(), metadata.path("name").asText());
  }

  private static String name(ObjectNode object) {
    return object.path("metadata").path("name").asText();
  }

  private static String uid(ObjectNode object) {
    return object.path("metadata").path("uid").asText();
  }
}
