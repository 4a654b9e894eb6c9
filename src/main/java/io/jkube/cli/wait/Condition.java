package io.jkube.cli.wait;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.api.text.GoText;
import io.jkube.cli.command.CommandFailure;
import java.util.Locale;

/** What {@code --for} names. */
sealed interface Condition {
  /** Whether it holds for an object that exists. */
  boolean holds(ObjectNode object);

  /** The object exists. */
  record Created() implements Condition {
    @Override
    public boolean holds(ObjectNode object) {
      return true;
    }
  }

  /** The object does not exist (any more). */
  record Deleted() implements Condition {
    @Override
    public boolean holds(ObjectNode object) {
      return false;
    }
  }

  /** An entry of {@code status.conditions} has this status, in whatever case. */
  record Status(String type, String status) implements Condition {
    @Override
    public boolean holds(ObjectNode object) {
      for (var condition : object.path("status").path("conditions")) {
        if (condition.path("type").asText().equalsIgnoreCase(type)) {
          return isCurrent(object, condition)
              && condition.path("status").asText().equalsIgnoreCase(status);
        }
      }
      return false;
    }

    /** Not left over from an earlier generation of the object. */
    private static boolean isCurrent(ObjectNode object, JsonNode condition) {
      var generation = object.path("metadata").path("generation");
      var observed =
          condition.has("observedGeneration")
              ? condition.path("observedGeneration")
              : object.path("status").path("observedGeneration");
      return !generation.isNumber()
          || !observed.isNumber()
          || observed.longValue() >= generation.longValue();
    }
  }

  /**
   * A field has this value.
   *
   * @param value empty: any
   */
  record Field(JsonPath path, String value) implements Condition {
    @Override
    public boolean holds(ObjectNode object) {
      var found = path.find(object);
      if (found.isEmpty() || found.getFirst().isEmpty()) {
        return false;
      }
      if (found.size() > 1 || found.getFirst().size() > 1) {
        throw new CommandFailure("given jsonpath expression matches more than one value");
      }
      var actual = found.getFirst().getFirst();
      if (actual.isContainerNode() && !value.isEmpty()) {
        throw new CommandFailure(
            "jsonpath leads to a nested object or list which is not supported");
      }
      return value.isEmpty() || GoText.of(actual).strip().equals(value.strip());
    }
  }

  /**
   * @throws CommandFailure when it is none
   */
  static Condition parse(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("delete")) {
      return new Deleted();
    }
    if (lower.equals("create")) {
      return new Created();
    }
    if (text.startsWith("condition=")) {
      var named = text.substring("condition=".length());
      int equals = named.indexOf('=');
      return equals < 0
          ? new Status(named, "true")
          : new Status(named.substring(0, equals), named.substring(equals + 1));
    }
    if (text.startsWith("jsonpath=")) {
      return field(text.substring("jsonpath=".length()));
    }
    throw new CommandFailure("unrecognized condition: \"" + text + "\"");
  }

  private static Condition field(String text) {
    // A single = parts path and value; == belongs to a filter of the path.
    var halves = text.split("(?<!=)=(?!=)", -1);
    if (halves.length > 2) {
      throw new CommandFailure(
          "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or"
              + " --for=jsonpath='{.status.readyReplicas}'");
    }
    var value = halves.length == 1 ? "" : halves[1].replaceAll("^['\"]+|['\"]+$", "");
    if (halves.length == 2 && value.isEmpty()) {
      throw new CommandFailure(
          "jsonpath wait has to have a value after equal sign, like"
              + " --for=jsonpath='{.status.readyReplicas}'=3");
    }
    if (halves[0].isEmpty()) {
      throw new CommandFailure("jsonpath expression cannot be empty");
    }
    try {
      return new Field(JsonPath.parseRelaxed(halves[0]), value);
    } catch (JsonPathException unreadable) {
      throw new CommandFailure(unreadable.getMessage());
    }
  }
}
