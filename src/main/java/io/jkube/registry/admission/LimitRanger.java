package io.jkube.registry.admission;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.registry.StoredObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Gives the containers of a pod what the namespace's LimitRanges say for those that say nothing,
 * and refuses a pod that asks for more or less than they allow ("Limit Ranges").
 */
public final class LimitRanger {
  private static final GroupVersionResource RANGES =
      new GroupVersionResource("", "v1", "limitranges");
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";

  private LimitRanger() {}

  /**
   * @throws ApiException Forbidden, with all that is out of range
   */
  public static void admit(ObjectNode pod, StoredObjects others) {
    var namespace = text(pod, "/metadata/namespace");
    var ranges =
        others.list(RANGES).stream()
            .filter(range -> text(range, "/metadata/namespace").equals(namespace))
            .toList();
    if (ranges.isEmpty()) {
      return;
    }
    for (var range : ranges) {
      fillIn(pod, range);
    }
    var violations = new ArrayList<String>();
    for (var range : ranges) {
      for (var limit : objects(range, "/spec/limits")) {
        violations.addAll(violations(pod, limit));
      }
    }
    if (!violations.isEmpty()) {
      throw forbidden("pods", text(pod, "/metadata/name"), violations);
    }
  }

  /**
   * Holds a claim against the ranges of its namespace.
   *
   * @throws ApiException Forbidden, with all that is out of range
   */
  public static void admitClaim(ObjectNode claim, StoredObjects others) {
    var namespace = text(claim, "/metadata/namespace");
    var violations = new ArrayList<String>();
    for (var range : others.list(RANGES)) {
      if (text(range, "/metadata/namespace").equals(namespace)) {
        for (var limit : objects(range, "/spec/limits")) {
          if (text(limit, "/type").equals("PersistentVolumeClaim")) {
            var requests = claim.at("/spec/resources/requests");
            violations.addAll(
                new LimitCheck("PersistentVolumeClaim", limit, requests, null).violations());
          }
        }
      }
    }
    if (!violations.isEmpty()) {
      throw forbidden("persistentvolumeclaims", text(claim, "/metadata/name"), violations);
    }
  }

  private static List<String> violations(ObjectNode pod, ObjectNode limit) {
    return switch (text(limit, "/type")) {
      case "Container" ->
          containers(pod).stream()
              .flatMap(
                  container ->
                      new LimitCheck(
                              "Container",
                              limit,
                              container.at("/resources/requests"),
                              container.at("/resources/limits"))
                          .violations().stream())
              .toList();
      case "Pod" ->
          new LimitCheck("Pod", limit, PodTotals.of(pod, "requests"), PodTotals.of(pod, "limits"))
              .violations();
      default -> List.of();
    };
  }

  private static List<ObjectNode> containers(ObjectNode pod) {
    var all = new ArrayList<>(objects(pod, "/spec/containers"));
    all.addAll(objects(pod, "/spec/initContainers"));
    return all;
  }

  private static void fillIn(ObjectNode pod, ObjectNode range) {
    var done = new ArrayList<String>();
    for (var limit : objects(range, "/spec/limits")) {
      if (text(limit, "/type").equals("Container")) {
        objects(pod, "/spec/containers").forEach(each -> fillIn(each, "container ", limit, done));
        objects(pod, "/spec/initContainers")
            .forEach(each -> fillIn(each, "init container ", limit, done));
      }
    }
    if (!done.isEmpty()) {
      child(child(pod, "metadata"), "annotations")
          .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", done));
    }
  }

  private static void fillIn(
      ObjectNode container, String kind, ObjectNode limit, List<String> done) {
    var resources = child(container, "resources");
    var requests = fillIn(resources, "requests", limit, "defaultRequest");
    var limits = fillIn(resources, "limits", limit, "default");
    var name = kind + text(container, "/name");
    if (!requests.isEmpty()) {
      done.add(String.join(", ", requests) + " request for " + name);
    }
    if (!limits.isEmpty()) {
      done.add(String.join(", ", limits) + " limit for " + name);
    }
  }

  /** The names of what was not there before, sorted. */
  private static TreeSet<String> fillIn(
      ObjectNode resources, String field, ObjectNode limit, String from) {
    var added = new TreeSet<String>();
    for (var amount : limit.path(from).properties()) {
      if (!resources.path(field).has(amount.getKey())) {
        child(resources, field).set(amount.getKey(), amount.getValue());
        added.add(amount.getKey());
      }
    }
    return added;
  }

  private static ApiException forbidden(String resource, String name, List<String> why) {
    var text = why.size() == 1 ? why.getFirst() : "[" + String.join(", ", why) + "]";
    return new ApiException(
        StatusReason.FORBIDDEN,
        resource + " \"" + name + "\" is forbidden: " + text,
        Json.object().put("name", name).put("kind", resource));
  }
}
