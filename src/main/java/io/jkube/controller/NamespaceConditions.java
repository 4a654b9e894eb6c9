package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import java.time.Instant;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Why a namespace is not gone yet, as conditions in upstream's words: scripts look for them. */
final class NamespaceConditions {
  private NamespaceConditions() {}

  /** The conditions of the namespace after a pass; those that stay as they were keep their time. */
  static ArrayNode of(ObjectNode namespace, NamespaceContent.Left left, Instant now) {
    var conditions = new Conditions(namespace, Timestamps.seconds(now));
    conditions.set(
        "NamespaceDeletionDiscoveryFailure",
        left.undiscovered().isEmpty() ? "" : "DiscoveryFailed",
        "Discovery failed for some groups, 1 failing: " + left.undiscovered(),
        "ResourcesDiscovered",
        "All resources successfully discovered");
    conditions.set(
        "NamespaceDeletionGroupVersionParsingFailure",
        "",
        "",
        "ParsedGroupVersions",
        "All legacy kube types successfully parsed");
    conditions.set(
        "NamespaceDeletionContentFailure",
        left.failures().isEmpty() ? "" : "ContentDeletionFailed",
        "Failed to delete all resource types, %d remaining: %s"
            .formatted(left.failures().size(), String.join(", ", left.failures())),
        "ContentDeleted",
        "All content successfully deleted, may be waiting on finalization");
    conditions.set(
        "NamespaceContentRemaining",
        left.objects().isEmpty() ? "" : "SomeResourcesRemain",
        "Some resources are remaining: " + counts(left.objects(), "has"),
        "ContentRemoved",
        "All content successfully removed");
    conditions.set(
        "NamespaceFinalizersRemaining",
        left.finalizers().isEmpty() ? "" : "SomeFinalizersRemain",
        "Some content in the namespace has finalizers remaining: "
            + counts(left.finalizers(), "in"),
        "ContentHasNoFinalizers",
        "All content-preserving finalizers finished");
    return conditions.all;
  }

  private static String counts(SortedMap<String, Integer> numbers, String word) {
    return numbers.entrySet().stream()
        .map(entry -> entry.getKey() + " " + word + " " + entry.getValue() + " resource instances")
        .collect(Collectors.joining(", "));
  }

  private static final class Conditions {
    private final ArrayNode all = Json.array();
    private final ObjectNode namespace;
    private final String now;

    Conditions(ObjectNode namespace, String now) {
      this.namespace = namespace;
      this.now = now;
    }

    /**
     * @param problem the reason why it is True; empty when it is False
     */
    void set(String type, String problem, String problemText, String fineReason, String fineText) {
      boolean bad = !problem.isEmpty();
      var status = bad ? "True" : "False";
      all.addObject()
          .put("type", type)
          .put("status", status)
          .put("lastTransitionTime", since(type, status))
          .put("reason", bad ? problem : fineReason)
          .put("message", bad ? problemText : fineText);
    }

    private String since(String type, String status) {
      for (var before : namespace.at("/status/conditions")) {
        if (before.path("type").asText().equals(type)
            && before.path("status").asText().equals(status)) {
          return before.path("lastTransitionTime").asText();
        }
      }
      return now;
    }
  }
}
