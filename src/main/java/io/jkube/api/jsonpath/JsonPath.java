package io.jkube.api.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A template, read and ready to be laid over objects. Immutable. */
public final class JsonPath {
  private static final Pattern RELAXED = Pattern.compile("\\{\\.?([^{}]+)\\}|\\.?([^{}]+)");

  private final List<Part> parts;
  private final boolean missingAllowed;

  private JsonPath(List<Part> parts, boolean missingAllowed) {
    this.parts = parts;
    this.missingAllowed = missingAllowed;
  }

  /**
   * @param missingAllowed a field that an object lacks is nothing instead of an error
   * @throws JsonPathException when the template cannot be read
   */
  public static JsonPath parse(String template, boolean missingAllowed) {
    return new JsonPath(new Parser(template).parse(), missingAllowed);
  }

  /**
   * Reads {@code metadata.name}, {@code .metadata.name}, {@code {metadata.name}} or {@code
   * {.metadata.name}}: as columns and sort keys are written. Missing fields are allowed.
   */
  public static JsonPath parseRelaxed(String path) {
    return parse(relaxed(path), true);
  }

  /** The whole expression of a relaxed path. */
  public static String relaxed(String path) {
    var matcher = RELAXED.matcher(path);
    if (!matcher.matches()) {
      throw new JsonPathException(
          "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or"
              + " '{.name1.name2}'");
    }
    return "{." + (matcher.group(1) != null ? matcher.group(1) : matcher.group(2)) + "}";
  }

  /** The values each expression of the template finds, in order; text and ranges flattened. */
  public List<List<JsonNode>> find(JsonNode object) {
    var results = new ArrayList<List<JsonNode>>();
    collect(parts, object, new Evaluation(object, missingAllowed), results);
    return results;
  }

  /** The template with the values in it; several values of one expression are parted by a space. */
  public String print(JsonNode object) {
    var text = new StringBuilder();
    for (var values : find(object)) {
      ValueText.append(values, text);
    }
    return text.toString();
  }

  private static void collect(
      List<Part> parts, JsonNode current, Evaluation walk, List<List<JsonNode>> results) {
    for (var part : parts) {
      switch (part) {
        case Part.Text text -> results.add(List.of(TextNode.valueOf(text.text())));
        case Part.Expression expression ->
            results.add(walk.walk(List.of(current), expression.steps()));
        case Part.Range range -> {
          for (var item : walk.walk(List.of(current), range.steps())) {
            collect(range.body(), item, walk, results);
          }
        }
      }
    }
  }
}
