package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.api.text.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What values mean in a template. A missing node is Go's "no value".
 *
 * @param missingAllowed whether a key that is not there is no value, or an error
 */
record Values(boolean missingAllowed) {
  JsonNode field(JsonNode start, List<String> names) {
    var value = start;
    for (var name : names) {
      value = field(value, name);
    }
    return value;
  }

  private JsonNode field(JsonNode value, String name) {
    if (value.isNull()) {
      throw new TemplateException("nil pointer evaluating interface {}." + name);
    }
    if (!value.isObject() && !value.isMissingNode()) {
      throw new TemplateException("can't evaluate field " + name + " in type interface {}");
    }
    if (!missingAllowed && !value.has(name)) {
      throw new TemplateException("map has no entry for key \"" + name + "\"");
    }
    return value.path(name);
  }

  static boolean isTrue(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, ARRAY -> !value.isEmpty();
      case STRING -> !value.textValue().isEmpty();
      case NUMBER -> value.doubleValue() != 0;
      case BOOLEAN -> value.booleanValue();
      case NULL, MISSING, BINARY, POJO -> false;
    };
  }

  /** Index or key, and value: what a range goes over, keys in order. */
  static List<Map.Entry<JsonNode, JsonNode>> entries(JsonNode value) {
    var entries = new ArrayList<Map.Entry<JsonNode, JsonNode>>();
    switch (value.getNodeType()) {
      case ARRAY -> {
        for (int i = 0; i < value.size(); i++) {
          entries.add(Map.entry(LongNode.valueOf(i), value.get(i)));
        }
      }
      case OBJECT ->
          value
              .propertyStream()
              .sorted(Map.Entry.comparingByKey())
              .forEach(
                  each -> entries.add(Map.entry(TextNode.valueOf(each.getKey()), each.getValue())));
      case NULL, MISSING -> {}
      case NUMBER -> {
        for (long i = 0; i < value.longValue(); i++) {
          entries.add(Map.entry(LongNode.valueOf(i), LongNode.valueOf(i)));
        }
      }
      case STRING, BOOLEAN, BINARY, POJO ->
          throw new TemplateException("range can't iterate over " + text(value));
    }
    return entries;
  }

  /** As an action prints it: numbers of an object are floats to Go. */
  static String text(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? "<no value>"
        : value.isNumber() ? GoText.number(value.doubleValue()) : GoText.of(value);
  }
}
