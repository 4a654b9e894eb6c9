package io.jkube.apiserver.fields;

import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.registry.Violations;
import java.util.List;

/** What may stand in the query of a write. */
public final class WriteOptions {
  static final int MAX_LENGTH = 128;
  private static final List<String> FIELD_VALIDATIONS = List.of("", "Ignore", "Strict", "Warn");

  private WriteOptions() {}

  /**
   * Checks {@code fieldManager}, {@code force}, {@code dryRun} and {@code fieldValidation}.
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
    checkDryRun(request, violations);
    checkFieldValidation(request, violations);
    violations.throwIfAny(new GroupVersionKind("meta.k8s.io", "v1", optionsKind), "");
  }

  /** {@code All} is the one stage that there is to leave out. */
  public static void checkDryRun(ApiRequest request, Violations violations) {
    var asked = request.query().getOrDefault("dryRun", List.of());
    if (asked.stream().anyMatch(stage -> !stage.equals("All"))) {
      var words = Json.array();
      asked.forEach(words::add);
      violations.add(
          "FieldValueNotSupported",
          "dryRun",
          "Unsupported value: " + words + ": supported values: \"All\"");
    }
  }

  private static void checkFieldValidation(ApiRequest request, Violations violations) {
    var mode = request.parameter("fieldValidation");
    if (!FIELD_VALIDATIONS.contains(mode)) {
      violations.notSupported("fieldValidation", mode, FIELD_VALIDATIONS);
    }
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
