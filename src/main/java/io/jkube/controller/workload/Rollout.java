package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.runtime.IntOrPercent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A Deployment with its sets at one moment, and the arithmetic of getting from the old to the new.
 * Pure. Source: "Rolling Update Deployment" and "Proportional scaling" in Kubernetes'
 * documentation.
 *
 * @param current the set of the present template, when there is one
 * @param old all others, the oldest first
 */
record Rollout(ObjectNode deployment, Optional<ObjectNode> current, List<ObjectNode> old) {
  /** What an old set was made to have when it was last scaled. */
  static final String DESIRED = "deployment.kubernetes.io/desired-replicas";

  static final String MAX = "deployment.kubernetes.io/max-replicas";

  private static final Comparator<ObjectNode> BY_AGE =
      Comparator.<ObjectNode, String>comparing(Rollout::creation).thenComparing(Rollout::name);

  /** One set is to have this many replicas. */
  record Scale(ObjectNode set, int replicas) {}

  Rollout {
    old = old.stream().sorted(BY_AGE).toList();
  }

  static Rollout of(ObjectNode deployment, List<ObjectNode> sets) {
    var template = deployment.path("spec").path("template");
    var current =
        sets.stream()
            .filter(
                set -> PodTemplateHash.sameTemplate(set.path("spec").path("template"), template))
            .min(BY_AGE);
    var old = sets.stream().filter(set -> current.isEmpty() || set != current.get()).toList();
    return new Rollout(deployment, current, old);
  }

  List<ObjectNode> all() {
    var all = new ArrayList<>(old);
    current.ifPresent(all::add);
    return all;
  }

  int wanted() {
    return deployment.path("spec").path("replicas").asInt(1);
  }

  boolean isRolling() {
    return deployment.path("spec").path("strategy").path("type").asText().equals("RollingUpdate");
  }

  int maxSurge() {
    return isRolling() ? fraction("maxSurge", true) : 0;
  }

  /** At least one where no surge is allowed: or nothing could ever move. */
  int maxUnavailable() {
    if (!isRolling() || wanted() == 0) {
      return 0;
    }
    int unavailable = fraction("maxUnavailable", false);
    if (unavailable == 0 && fraction("maxSurge", true) == 0) {
      return 1;
    }
    return Math.min(unavailable, wanted());
  }

  private int fraction(String field, boolean roundUp) {
    var value = deployment.path("spec").path("strategy").path("rollingUpdate").path(field);
    return IntOrPercent.of(value, wanted(), roundUp);
  }

  /** How many replicas the current set may have now. */
  int roomForCurrent() {
    int now = current.map(Rollout::replicas).orElse(0);
    if (!isRolling()) {
      return wanted();
    }
    int room = wanted() + maxSurge() - total(all());
    return room <= 0 ? now : now + Math.min(room, wanted() - now);
  }

  /** The next step towards the current set alone; empty when it has been taken. */
  Optional<Scale> nextOfCurrent() {
    return current
        .map(set -> new Scale(set, replicas(set) > wanted() ? wanted() : roomForCurrent()))
        .filter(Rollout::changes);
  }

  /** Which old sets may shrink, such that enough pods stay available; unhealthy pods go first. */
  List<Scale> nextOfOld() {
    int minAvailable = wanted() - maxUnavailable();
    int unavailableNew = current.map(set -> replicas(set) - available(set)).orElse(0);
    int room = total(all()) - minAvailable - unavailableNew;
    if (total(old) == 0 || room <= 0) {
      return List.of();
    }
    var sizes = old.stream().mapToInt(Rollout::replicas).toArray();
    for (int i = 0; i < sizes.length; i++) {
      int unhealthy = Math.min(room, sizes[i] - available(old.get(i)));
      if (unhealthy > 0) {
        sizes[i] -= unhealthy;
        room -= unhealthy;
      }
    }
    int spare = all().stream().mapToInt(Rollout::available).sum() - minAvailable;
    for (int i = 0; i < sizes.length && spare > 0; i++) {
      int less = Math.min(sizes[i], spare);
      sizes[i] -= less;
      spare -= less;
    }
    return changed(old, sizes);
  }

  /** All old sets to nothing at once. */
  List<Scale> withoutOld() {
    return changed(old, new int[old.size()]);
  }

  /** Whether the Deployment was scaled, as its sets tell that were made for another size. */
  boolean isBeingScaled() {
    return all().stream()
        .filter(set -> replicas(set) > 0)
        .anyMatch(set -> annotation(set, DESIRED) >= 0 && annotation(set, DESIRED) != wanted());
  }

  /**
   * Brings another size of the Deployment to its sets: to the only one, or to each its share. One
   * that keeps its number is among them until it tells which size that is for.
   */
  List<Scale> scaled() {
    return shares().stream()
        .filter(scale -> changes(scale) || annotation(scale.set, DESIRED) != wanted())
        .toList();
  }

  private List<Scale> shares() {
    var active = all().stream().filter(set -> replicas(set) > 0).toList();
    if (active.size() <= 1) {
      var only = active.isEmpty() ? newest() : Optional.of(active.getFirst());
      return only.map(set -> new Scale(set, wanted())).stream().toList();
    }
    if (current.filter(this::isSaturated).isPresent()) {
      return withoutOld();
    }
    return isRolling()
        ? proportional(active)
        : active.stream().map(set -> new Scale(set, replicas(set))).toList();
  }

  private Optional<ObjectNode> newest() {
    return current.isPresent() || old.isEmpty() ? current : Optional.of(old.getLast());
  }

  private boolean isSaturated(ObjectNode set) {
    return replicas(set) == wanted()
        && annotation(set, DESIRED) == wanted()
        && available(set) == wanted();
  }

  private List<Scale> proportional(List<ObjectNode> active) {
    int allowed = wanted() == 0 ? 0 : wanted() + maxSurge();
    int toAdd = allowed - total(active);
    var largestFirst = new ArrayList<>(active);
    var byAge = toAdd > 0 ? BY_AGE.reversed() : BY_AGE;
    largestFirst.sort(
        Comparator.comparingInt((ObjectNode set) -> -replicas(set)).thenComparing(byAge));
    var sizes = largestFirst.stream().mapToInt(Rollout::replicas).toArray();
    int left = toAdd;
    for (int i = 0; i < sizes.length && toAdd != 0; i++) {
      int share = share(largestFirst.get(i));
      share = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
      sizes[i] += share;
      left -= share;
    }
    sizes[0] = Math.max(0, sizes[0] + left);
    return scales(largestFirst, sizes);
  }

  private int share(ObjectNode set) {
    if (wanted() == 0) {
      return -replicas(set);
    }
    int before = annotation(set, MAX);
    if (before <= 0) {
      before = Math.max(1, deployment.path("status").path("replicas").asInt());
    }
    return (int) Math.round((double) replicas(set) * (wanted() + maxSurge()) / before)
        - replicas(set);
  }

  private static List<Scale> changed(List<ObjectNode> sets, int[] sizes) {
    return scales(sets, sizes).stream().filter(Rollout::changes).toList();
  }

  private static List<Scale> scales(List<ObjectNode> sets, int[] sizes) {
    var scales = new ArrayList<Scale>();
    for (int i = 0; i < sizes.length; i++) {
      scales.add(new Scale(sets.get(i), sizes[i]));
    }
    return scales;
  }

  private static boolean changes(Scale scale) {
    return scale.replicas != replicas(scale.set);
  }

  static int total(List<ObjectNode> sets) {
    return sets.stream().mapToInt(Rollout::replicas).sum();
  }

  static int replicas(JsonNode set) {
    return set.path("spec").path("replicas").asInt(1);
  }

  static int available(JsonNode set) {
    return set.path("status").path("availableReplicas").asInt();
  }

  /** -1 when the set does not have it. */
  private static int annotation(JsonNode set, String name) {
    return set.path("metadata").path("annotations").path(name).asInt(-1);
  }

  private static String creation(JsonNode set) {
    return set.path("metadata").path("creationTimestamp").asText();
  }

  static String name(JsonNode set) {
    return set.path("metadata").path("name").asText();
  }
}
