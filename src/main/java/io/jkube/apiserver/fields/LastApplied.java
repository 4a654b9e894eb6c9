package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.registry.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The annotation in which {@code kubectl apply} without {@code --server-side} keeps what it
 * applied. Lets kubectl go over from one way to the other without conflicts with itself.
 */
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String KUBECTL = "kubectl";
  private static final int MAX_ANNOTATIONS_BYTES = 256 * 1024;

  private LastApplied() {}

  /** The conflicts that are no traces of kubectl's own client-side apply. */
  static List<Conflict> notExplained(
      Structure structure, Schema kind, Writer writer, ObjectNode live, List<Conflict> conflicts) {
    var text = annotation(live);
    if (!writer.manager().equals(KUBECTL) || text.isEmpty()) {
      return conflicts;
    }
    try {
      var applied = Json.parse(text.getBytes(StandardCharsets.UTF_8));
      if (!applied.path("apiVersion").asText().equals(writer.definition().kind().apiVersion())) {
        return conflicts;
      }
      var difference = Comparer.compare(structure, kind, applied, live);
      var unchanged =
          FieldCollector.fieldsOf(structure, kind, applied)
              .difference(difference.changed())
              .difference(difference.removed());
      return conflicts.stream().filter(conflict -> !unchanged.has(conflict.path())).toList();
    } catch (ApiException | IllegalArgumentException unreadable) {
      return conflicts;
    }
  }

  /** Brings the annotation, where there is one, to what kubectl applies now. */
  static void renew(Writer writer, ObjectNode object, ObjectNode configuration) {
    if (!writer.manager().equals(KUBECTL) || annotation(object).isEmpty()) {
      return;
    }
    var applied = configuration.deepCopy();
    if (applied.at("/metadata/annotations") instanceof ObjectNode own) {
      own.remove(ANNOTATION);
    }
    var annotations = (ObjectNode) object.at("/metadata/annotations");
    annotations.put(ANNOTATION, Json.sorted(applied) + "\n");
    if (size(annotations) > MAX_ANNOTATIONS_BYTES) {
      annotations.remove(ANNOTATION);
    }
  }

  private static String annotation(ObjectNode object) {
    return object.path("metadata").path("annotations").path(ANNOTATION).asText();
  }

  private static long size(ObjectNode annotations) {
    long bytes = 0;
    for (var annotation : annotations.properties()) {
      bytes += annotation.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += annotation.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
