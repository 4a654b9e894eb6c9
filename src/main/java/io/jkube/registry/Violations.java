package io.jkube.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with an object, in the words and shapes of upstream's {@code field.Error},
 * and turns it into one Invalid status with a cause a violation. One request's, one thread's.
 */
public final class Violations {
  /** {@code reason} is the cause's: FieldValueRequired, FieldValueInvalid, ... */
  public record Violation(String reason, String field, String message) {}

  private final List<Violation> found = new ArrayList<>();

  public Violations required(String field, String detail) {
    return add("FieldValueRequired", field, "Required value" + tail(detail));
  }

  public Violations invalid(String field, JsonNode value, String detail) {
    return add("FieldValueInvalid", field, "Invalid value: " + shown(value) + tail(detail));
  }

  public Violations invalid(String field, String value, String detail) {
    return add("FieldValueInvalid", field, "Invalid value: " + quoted(value) + tail(detail));
  }

  public Violations notSupported(String field, String value, List<String> supported) {
    var words = String.join(", ", supported.stream().map(Violations::quoted).toList());
    return add(
        "FieldValueNotSupported",
        field,
        "Unsupported value: " + quoted(value) + ": supported values: " + words);
  }

  public Violations forbidden(String field, String detail) {
    return add("FieldValueForbidden", field, "Forbidden" + tail(detail));
  }

  public Violations duplicate(String field, String value) {
    return add("FieldValueDuplicate", field, "Duplicate value: " + quoted(value));
  }

  public Violations notFound(String field, String value) {
    return add("FieldValueNotFound", field, "Not found: " + quoted(value));
  }

  public Violations tooLong(String field, int maxLength) {
    return add(
        "FieldValueTooLong", field, "Too long: may not be more than " + maxLength + " bytes");
  }

  public Violations tooMany(String field, int actual, int most) {
    return add(
        "FieldValueTooMany",
        field,
        "Too many: " + actual + ": must have at most " + most + " items");
  }

  public Violations typeInvalid(String field, JsonNode value, String detail) {
    return add("FieldValueTypeInvalid", field, "Invalid value: " + shown(value) + tail(detail));
  }

  /** Forbids a change of a top-level field. */
  public Violations forbidIfChanged(
      String field, ObjectNode updated, ObjectNode current, String detail) {
    var before = current.get(field);
    var after = updated.get(field);
    if (before == null ? after != null : !before.equals(after)) {
      forbidden(field, detail);
    }
    return this;
  }

  public Violations add(String reason, String field, String message) {
    found.add(new Violation(reason, field, message));
    return this;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Violation> list() {
    return List.copyOf(found);
  }

  /**
   * Does nothing when nothing was found.
   *
   * @throws ApiException Invalid: {@code Pod "x" is invalid: spec.containers: Required value}, one
   *     cause a violation
   */
  public void throwIfAny(GroupVersionKind kind, String name) {
    if (!found.isEmpty()) {
      throw refusal(kind, name);
    }
  }

  /** What {@link #throwIfAny} throws. */
  public ApiException refusal(GroupVersionKind kind, String name) {
    var lines =
        found.stream().map(each -> each.field() + ": " + each.message()).distinct().toList();
    var text = lines.size() == 1 ? lines.getFirst() : "[" + String.join(", ", lines) + "]";
    var details = Json.object().put("name", name);
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    details.put("kind", kind.kind());
    var causes = details.putArray("causes");
    for (var each : found) {
      causes
          .addObject()
          .put("reason", each.reason())
          .put("message", each.message())
          .put("field", each.field());
    }
    var qualified = kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
    return new ApiException(
        StatusReason.INVALID, qualified + " \"" + name + "\" is invalid: " + text, details);
  }

  private static String tail(String detail) {
    return detail == null || detail.isEmpty() ? "" : ": " + detail;
  }

  private static String quoted(String value) {
    return Json.MAPPER.getNodeFactory().textNode(value).toString();
  }

  private static String shown(JsonNode value) {
    return value == null ? "null" : value.toString();
  }
}
