package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the slices of one service come to hold what they should with as few writes as possible: an
 * endpoint stays in its slice, new ones go first into slices that change anyway, then into one with
 * room, then into ones that nothing needs any more, then into new ones.
 */
record SlicePlan(List<ObjectNode> creates, List<ObjectNode> updates, List<ObjectNode> deletes) {
  /** Upstream's {@code --max-endpoints-per-slice}. */
  static final int MAX_ENDPOINTS = 100;

  private SlicePlan() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * @param existing slices of this owner; any of another address type are deleted
   * @param wanted by address type, endpoints by ports; a type without any gets an empty slice
   */
  static SlicePlan of(
      SliceOwner owner,
      List<ObjectNode> existing,
      Map<String, Map<ArrayNode, List<ObjectNode>>> wanted) {
    var plan = new SlicePlan();
    for (var slice : existing) {
      if (!wanted.containsKey(slice.path("addressType").asText())) {
        plan.deletes.add(slice);
      }
    }
    wanted.forEach(
        (type, byPorts) -> {
          var ofType =
              existing.stream().filter(s -> s.path("addressType").asText().equals(type)).toList();
          var family = new SlicePlan();
          family.family(owner, type, ofType, byPorts);
          family.reuse(owner);
          plan.add(family);
        });
    return plan;
  }

  private void add(SlicePlan family) {
    creates.addAll(family.creates);
    updates.addAll(family.updates);
    deletes.addAll(family.deletes);
  }

  /** A slice that would go becomes one that would be made: who reads it finds it all the time. */
  private void reuse(SliceOwner owner) {
    for (var old = deletes.listIterator(); old.hasNext() && !creates.isEmpty(); ) {
      var stored = old.next();
      if (owner.owns(stored)) {
        updates.add(rewritten(stored, creates.removeLast()));
        old.remove();
      }
    }
  }

  private static ObjectNode rewritten(ObjectNode stored, ObjectNode wanted) {
    var next = stored.deepCopy();
    next.withObject("/metadata").set("labels", wanted.at("/metadata/labels"));
    for (var field : List.of("endpoints", "ports")) {
      next.set(field, wanted.get(field));
    }
    return next;
  }

  private void family(
      SliceOwner owner,
      String type,
      List<ObjectNode> existing,
      Map<ArrayNode, List<ObjectNode>> byPorts) {
    if (byPorts.isEmpty()) {
      byPorts = Map.of(Json.array(), List.of());
    }
    var left = new ArrayList<>(existing);
    for (var group : byPorts.entrySet()) {
      var same = left.stream().filter(s -> samePorts(s, group.getKey())).toList();
      left.removeAll(same);
      group(owner, type, same, group.getKey(), group.getValue());
    }
    deletes.addAll(left);
  }

  private static boolean samePorts(ObjectNode slice, ArrayNode ports) {
    var there = slice.path("ports");
    return there.equals(ports) || there.isEmpty() && ports.isEmpty();
  }

  /** A slice while it is filled. */
  private static final class Filling {
    final ObjectNode stored;
    final List<ObjectNode> endpoints = new ArrayList<>();
    boolean changed;

    Filling(ObjectNode stored, boolean changed) {
      this.stored = stored;
      this.changed = changed;
    }

    int room() {
      return MAX_ENDPOINTS - endpoints.size();
    }
  }

  private void group(
      SliceOwner owner,
      String type,
      List<ObjectNode> existing,
      ArrayNode ports,
      List<ObjectNode> endpoints) {
    var missing = new LinkedHashMap<String, ObjectNode>();
    endpoints.forEach(endpoint -> missing.put(identity(endpoint), endpoint));
    var slices = existing.stream().map(slice -> keep(owner, slice, missing)).toList();
    var rest = new ArrayList<>(missing.values());
    slices.stream().filter(slice -> slice.changed).forEach(slice -> fill(slice, rest));
    slices.stream()
        .filter(slice -> slice.room() >= rest.size())
        .findFirst()
        .ifPresent(slice -> fill(slice, rest));
    boolean mustStay = endpoints.isEmpty();
    for (var slice : slices) {
      if (slice.endpoints.isEmpty() && !mustStay) {
        deletes.add(slice.stored);
        continue;
      }
      mustStay = mustStay && !slice.endpoints.isEmpty();
      if (slice.changed) {
        updates.add(updated(owner, slice));
      }
    }
    for (int from = 0; from < rest.size(); from += MAX_ENDPOINTS) {
      var part = rest.subList(from, Math.min(rest.size(), from + MAX_ENDPOINTS));
      creates.add(owner.slice(type, ports, part));
    }
    if (mustStay) {
      creates.add(owner.slice(type, ports, List.of()));
    }
  }

  private static Filling keep(SliceOwner owner, ObjectNode slice, Map<String, ObjectNode> missing) {
    var filling = new Filling(slice, !owner.hasItsLabels(slice));
    for (var stored : slice.path("endpoints")) {
      var wanted = missing.remove(identity(stored));
      if (wanted != null) {
        filling.endpoints.add(wanted);
      }
      filling.changed |= !stored.equals(wanted);
    }
    return filling;
  }

  private static void fill(Filling slice, List<ObjectNode> rest) {
    var moved = rest.subList(0, Math.min(slice.room(), rest.size()));
    slice.changed |= !moved.isEmpty();
    slice.endpoints.addAll(moved);
    moved.clear();
  }

  private static ObjectNode updated(SliceOwner owner, Filling slice) {
    var next = slice.stored.deepCopy();
    next.putArray("endpoints").addAll(slice.endpoints);
    next.withObject("/metadata").set("labels", owner.labels());
    return next;
  }

  /** What makes an endpoint the same one: its pod, or where there is none its first address. */
  private static String identity(JsonNode endpoint) {
    var uid = endpoint.at("/targetRef/uid").asText();
    return uid.isEmpty() ? endpoint.at("/addresses/0").asText() : uid;
  }
}
