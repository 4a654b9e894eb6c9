package io.jkube.apiserver.fields;

import io.jkube.api.GroupVersionKind;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.registry.Violations;

/** What may be said about field managers in the query of a write. */
public final class FieldManagerName {
  static final int MAX_LENGTH = 128;

  private FieldManagerName() {}

  /**
   * Checks {@code fieldManager} and {@code force}.
   *
   * @param optionsKind {@code CreateOptions}, {@code UpdateOptions}, {@code PatchOptions}
   * @param apply whether the request is an apply patch
   * @throws io.jkube.api.ApiException Invalid
   */
  public static void check(ApiRequest request, String optionsKind, boolean apply) {
    var violations = new Violations();
    var name = request.parameter("fieldManager");
    if (apply && name.isEmpty()) {
      violations.required("fieldManager", "is required for apply patch");
    }
    if (optionsKind.equals("PatchOptions") && !apply && request.has("force")) {
      violations.forbidden("force", "may not be specified for non-apply patch");
    }
    if (name.length() > MAX_LENGTH) {
      violations.tooLong("fieldManager", MAX_LENGTH);
    }
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int point = name.codePointAt(i);
      if (!isPrintable(point)) {
        violations.invalid(
            "fieldManager", name, "invalid character U+%04X (at position %d)".formatted(point, i));
      }
    }
    violations.throwIfAny(new GroupVersionKind("meta.k8s.io", "v1", optionsKind), "");
  }

  /** As Go sees it: letters, marks, numbers, punctuation, symbols, and the blank. */
  static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }
}
