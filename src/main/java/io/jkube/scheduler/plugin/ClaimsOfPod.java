package io.jkube.scheduler.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.placement.NodeSelectorTerm;
import io.jkube.api.volume.VolumeAnnotations;
import io.jkube.api.volume.VolumeMatch;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodClaims;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.StorageView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pod's claims at one moment, sorted by what is to be done about them.
 *
 * @param bound those that have their volume
 * @param waiting those that get one for the node of the pod, smallest first
 * @param problem why the pod can be on no node at all; empty: nothing of the kind
 */
record ClaimsOfPod(
    StorageView storage, List<ObjectNode> bound, List<ObjectNode> waiting, String problem) {
  private static final String UNBOUND = "pod has unbound immediate PersistentVolumeClaims";

  /** What is to be done for one claim on one node. */
  sealed interface Step {
    ObjectNode claim();

    /** A volume that is there is reserved for it. */
    record Take(ObjectNode claim, ObjectNode volume) implements Step {}

    /** A volume is made for it. */
    record Make(ObjectNode claim) implements Step {}
  }

  static ClaimsOfPod of(PodInfo pod, StorageView storage) {
    var bound = new ArrayList<ObjectNode>();
    var waiting = new ArrayList<ObjectNode>();
    var problem = "";
    for (var wanted : PodClaims.of(pod)) {
      var claim = storage.claim(wanted.key());
      var wrong = wrong(pod, wanted, claim);
      if (!wrong.isEmpty()) {
        return new ClaimsOfPod(storage, List.of(), List.of(), wrong);
      }
      if (VolumeMatch.isFullyBound(claim.get())) {
        bound.add(claim.get());
      } else if (waitsForPod(claim.get(), storage)) {
        waiting.add(claim.get());
      } else {
        problem = UNBOUND;
      }
    }
    waiting.sort((a, b) -> VolumeMatch.requested(a).compareTo(VolumeMatch.requested(b)));
    return new ClaimsOfPod(storage, bound, waiting, problem);
  }

  private static String wrong(PodInfo pod, PodClaims.Claim wanted, Optional<ObjectNode> claim) {
    var name = "persistentvolumeclaim \"" + wanted.key().name() + "\"";
    if (claim.isEmpty()) {
      return wanted.own()
          ? "waiting for ephemeral volume controller to create the " + name
          : name + " not found";
    }
    if (claim.get().path("status").path("phase").asText().equals("Lost")) {
      return name
          + " bound to non-existent persistentvolume \""
          + VolumeMatch.volumeName(claim.get())
          + "\"";
    }
    if (claim.get().path("metadata").hasNonNull("deletionTimestamp")) {
      return name + " is being deleted";
    }
    return wanted.own() && !belongsTo(pod, claim.get())
        ? "PVC %s was not created for pod %s (pod is not owner)".formatted(wanted.key(), pod.key())
        : "";
  }

  private static boolean belongsTo(PodInfo pod, ObjectNode claim) {
    return claim
        .path("metadata")
        .path("ownerReferences")
        .valueStream()
        .anyMatch(owner -> owner.path("uid").asText().equals(pod.uid()));
  }

  private static boolean waitsForPod(ObjectNode claim, StorageView storage) {
    return VolumeMatch.volumeName(claim).isEmpty()
        && storage
            .storageClass(VolumeMatch.className(claim))
            .filter(VolumeMatch::waitsForPod)
            .isPresent();
  }

  boolean isEmpty() {
    return bound.isEmpty() && waiting.isEmpty() && problem.isEmpty();
  }

  /** Whether every volume that is bound is there. */
  boolean hasVolumes() {
    return bound.stream()
        .allMatch(claim -> storage.volume(VolumeMatch.volumeName(claim)).isPresent());
  }

  /** Whether the volumes that are bound can be had on the node. */
  boolean reach(NodeInfo node) {
    return bound.stream()
        .map(claim -> storage.volume(VolumeMatch.volumeName(claim)))
        .flatMap(Optional::stream)
        .allMatch(volume -> reaches(volume, node));
  }

  /** What is to be done so that the pod can be on the node; empty when nothing would help. */
  Optional<List<Step>> plan(NodeInfo node) {
    var steps = new ArrayList<Step>();
    Set<String> taken = new HashSet<>();
    for (var claim : waiting) {
      var step = step(claim, node, taken);
      if (step.isEmpty()) {
        return Optional.empty();
      }
      steps.add(step.get());
    }
    return Optional.of(steps);
  }

  private Optional<Step> step(ObjectNode claim, NodeInfo node, Set<String> taken) {
    var chosen = VolumeMatch.annotation(claim, VolumeAnnotations.SELECTED_NODE);
    if (!chosen.isEmpty()) {
      return chosen.equals(node.name()) ? Optional.of(new Step.Make(claim)) : Optional.empty();
    }
    var volume =
        VolumeMatch.best(
            claim,
            storage.volumes(),
            each -> !taken.contains(Json.key(each).name()) && reaches(each, node));
    if (volume.isPresent()) {
      taken.add(Json.key(volume.get()).name());
      return Optional.of(new Step.Take(claim, volume.get()));
    }
    return canBeMade(claim, node) ? Optional.of(new Step.Make(claim)) : Optional.empty();
  }

  private boolean canBeMade(ObjectNode claim, NodeInfo node) {
    var storageClass = storage.storageClass(VolumeMatch.className(claim));
    if (storageClass.isEmpty()) {
      return false;
    }
    var provisioner = storageClass.get().path("provisioner").asText();
    return !provisioner.isEmpty()
        && !provisioner.equals(VolumeAnnotations.NO_PROVISIONER)
        && isAllowed(storageClass.get(), node);
  }

  /** One of the class's topologies must match with all of its labels. */
  private static boolean isAllowed(ObjectNode storageClass, NodeInfo node) {
    var topologies = storageClass.path("allowedTopologies");
    return topologies.isEmpty()
        || topologies
            .valueStream()
            .map(term -> term.path("matchLabelExpressions"))
            .anyMatch(labels -> labels.valueStream().allMatch(label -> holds(label, node)));
  }

  private static boolean holds(JsonNode label, NodeInfo node) {
    var value = node.labels().get(label.path("key").asText());
    return label.path("values").valueStream().anyMatch(each -> each.asText().equals(value));
  }

  private static boolean reaches(ObjectNode volume, NodeInfo node) {
    var required = volume.path("spec").path("nodeAffinity").path("required");
    if (!required.isObject()) {
      return true;
    }
    return required
        .path("nodeSelectorTerms")
        .valueStream()
        .anyMatch(term -> NodeSelectorTerm.of(term).matches(node.name(), node.labels()));
  }
}
