package io.jkube.apiserver.fields;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A field that an applier wants to change and another manager manages. */
record Conflict(Manager manager, List<String> path) {
  /** Conflicts out of what is touched of each manager's, in the managers' order. */
  static List<Conflict> of(Collection<ManagedEntry> touched) {
    var conflicts = new ArrayList<Conflict>();
    touched.stream()
        .sorted(java.util.Comparator.comparing(ManagedEntry::manager))
        .forEach(
            entry ->
                entry.fields().forEach(path -> conflicts.add(new Conflict(entry.manager(), path))));
    return conflicts;
  }

  private String field() {
    var text = new StringBuilder();
    path.forEach(element -> text.append(PathElement.display(element)));
    return text.toString();
  }

  /** The refusal, as upstream words it and clients read it. */
  static ApiException refusal(List<Conflict> conflicts) {
    var details = Json.object();
    var causes = details.putArray("causes");
    for (var conflict : conflicts) {
      causes
          .addObject()
          .put("reason", "FieldManagerConflict")
          .put("message", "conflict with " + conflict.manager.display())
          .put("field", conflict.field());
    }
    return new ApiException(StatusReason.CONFLICT, message(conflicts), details);
  }

  private static String message(List<Conflict> conflicts) {
    if (conflicts.size() == 1) {
      var only = conflicts.getFirst();
      return "Apply failed with 1 conflict: conflict with "
          + only.manager.display()
          + ": "
          + only.field();
    }
    var lines = new ArrayList<String>();
    Manager last = null;
    for (var conflict : conflicts) {
      if (!conflict.manager.equals(last)) {
        lines.add("conflicts with " + conflict.manager.display() + ":");
        last = conflict.manager;
      }
      lines.add("- " + conflict.field());
    }
    return "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", lines);
  }
}
