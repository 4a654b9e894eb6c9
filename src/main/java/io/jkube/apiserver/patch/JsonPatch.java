package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.patch.JsonPointerPath.Unreachable;

/** RFC 6902: a list of operations, all of which apply or none. */
public final class JsonPatch {
  private static final int MAX_OPERATIONS = 10_000;

  private JsonPatch() {}

  /** A {@code test} operation found another value. */
  private static final class TestFailed extends Exception {
    private static final long serialVersionUID = 1;
    private final transient JsonNode operation;

    TestFailed(JsonNode operation, String why) {
      super(why);
      this.operation = operation;
    }
  }

  /**
   * @throws ApiException BadRequest for a patch that is none, Invalid for one that does not apply
   */
  public static JsonNode apply(JsonNode current, JsonNode patch) {
    try {
      return run(current, patch);
    } catch (TestFailed other) {
      throw failed(other.operation, other.getMessage());
    }
  }

  /**
   * As {@link #apply}, where a test is a condition.
   *
   * @return {@code current} where a test fails
   */
  public static JsonNode applyIfTestsHold(JsonNode current, JsonNode patch) {
    try {
      return run(current, patch);
    } catch (TestFailed other) {
      return current;
    }
  }

  private static JsonNode run(JsonNode current, JsonNode patch) throws TestFailed {
    if (!(patch instanceof ArrayNode operations)) {
      throw ApiException.badRequest("a JSON patch is a list of operations");
    }
    if (operations.size() > MAX_OPERATIONS) {
      throw new ApiException(
          StatusReason.REQUEST_ENTITY_TOO_LARGE,
          "The allowed maximum operations in a JSON patch is "
              + MAX_OPERATIONS
              + ", got "
              + operations.size());
    }
    var result = current.deepCopy();
    for (var operation : operations) {
      try {
        result = step(result, operation);
      } catch (Unreachable place) {
        throw failed(operation, place.getMessage());
      }
    }
    return result;
  }

  private static JsonNode step(JsonNode root, JsonNode operation) throws Unreachable, TestFailed {
    var path = JsonPointerPath.parse(text(operation, "path"));
    return switch (text(operation, "op")) {
      case "add" -> add(root, path, value(operation));
      case "remove" -> {
        removed(root, path);
        yield root;
      }
      case "replace" -> replace(root, path, value(operation));
      case "move" -> move(root, JsonPointerPath.parse(text(operation, "from")), path);
      case "copy" -> {
        var from = JsonPointerPath.parse(text(operation, "from"));
        yield add(root, path, from.read(root).deepCopy());
      }
      case "test" -> test(root, path, operation);
      case String other ->
          throw ApiException.badRequest(
              "unexpected kind of JSON patch operation: \"" + other + "\"");
    };
  }

  private static JsonNode add(JsonNode root, JsonPointerPath path, JsonNode value)
      throws Unreachable {
    if (path.isRoot()) {
      return value;
    }
    path.add(root, value);
    return root;
  }

  private static JsonNode replace(JsonNode root, JsonPointerPath path, JsonNode value)
      throws Unreachable {
    if (path.isRoot()) {
      return value;
    }
    path.replace(root, value);
    return root;
  }

  private static JsonNode move(JsonNode root, JsonPointerPath from, JsonPointerPath to)
      throws Unreachable {
    if (from.equals(to)) {
      from.read(root);
      return root;
    }
    if (to.startsWith(from)) {
      throw new Unreachable("cannot move " + from + " into itself");
    }
    return add(root, to, removed(root, from));
  }

  private static JsonNode removed(JsonNode root, JsonPointerPath path) throws Unreachable {
    if (path.isRoot()) {
      throw new Unreachable("the whole document cannot be removed");
    }
    return path.remove(root);
  }

  private static JsonNode test(JsonNode root, JsonPointerPath path, JsonNode operation)
      throws Unreachable, TestFailed {
    if (!SameJson.same(path.read(root), value(operation))) {
      throw new TestFailed(operation, "testing path " + path + " failed");
    }
    return root;
  }

  private static JsonNode value(JsonNode operation) {
    var value = operation.get("value");
    if (value == null) {
      throw ApiException.badRequest("a JSON patch operation without its value: " + operation);
    }
    return value.deepCopy();
  }

  private static String text(JsonNode operation, String field) {
    if (operation.path(field).isTextual()) {
      return operation.get(field).textValue();
    }
    throw ApiException.badRequest("a JSON patch operation without its " + field + ": " + operation);
  }

  private static ApiException failed(JsonNode operation, String why) {
    return new ApiException(
        StatusReason.INVALID,
        "the server rejected our request due to an error in our request: "
            + operation.path("op").asText()
            + " operation does not apply: doc is missing path or fails a test: "
            + operation.path("path").asText()
            + ": "
            + why);
  }
}
