package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.api.Json;
import io.jkube.api.text.GoText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions a template may call, by name. */
final class Functions {
  private static final Map<String, Function<List<JsonNode>, JsonNode>> KNOWN =
      Map.ofEntries(
          Map.entry("and", List::getLast),
          Map.entry("or", List::getLast),
          Map.entry("not", arguments -> truth(!Values.isTrue(arguments.getFirst()))),
          Map.entry("len", Functions::length),
          Map.entry("index", Functions::index),
          Map.entry("slice", Functions::slice),
          Map.entry("print", arguments -> text(Printf.print(arguments))),
          Map.entry("println", arguments -> text(spaced(arguments) + "\n")),
          Map.entry("printf", Functions::printf),
          Map.entry("html", arguments -> text(html(spaced(arguments)))),
          Map.entry(
              "urlquery",
              arguments -> text(URLEncoder.encode(spaced(arguments), StandardCharsets.UTF_8))),
          Map.entry("eq", Comparisons::equalsAny),
          Map.entry("ne", arguments -> truth(!Comparisons.equalsAny(arguments).booleanValue())),
          Map.entry("lt", arguments -> truth(Comparisons.order(arguments) < 0)),
          Map.entry("le", arguments -> truth(Comparisons.order(arguments) <= 0)),
          Map.entry("gt", arguments -> truth(Comparisons.order(arguments) > 0)),
          Map.entry("ge", arguments -> truth(Comparisons.order(arguments) >= 0)),
          Map.entry("exists", Functions::exists),
          Map.entry("base64decode", Functions::base64decode));

  private Functions() {}

  static boolean isKnown(String name) {
    return KNOWN.containsKey(name);
  }

  static JsonNode call(String name, List<JsonNode> arguments) {
    if (arguments.isEmpty() && !name.startsWith("print")) {
      throw new TemplateException("wrong number of args for " + name + ": want at least 1 got 0");
    }
    return KNOWN.get(name).apply(arguments);
  }

  private static JsonNode length(List<JsonNode> arguments) {
    var value = arguments.getFirst();
    if (value.isTextual()) {
      return LongNode.valueOf(value.textValue().getBytes(StandardCharsets.UTF_8).length);
    }
    if (value.isNull() || value.isMissingNode()) {
      throw new TemplateException(
          "error calling len: reflect: call of reflect.Value.Type on zero Value");
    }
    if (!value.isContainerNode()) {
      throw new TemplateException("error calling len: len of type " + GoText.type(value));
    }
    return LongNode.valueOf(value.size());
  }

  private static JsonNode index(List<JsonNode> arguments) {
    var value = arguments.getFirst();
    for (var key : arguments.subList(1, arguments.size())) {
      if (value.isArray() && key.isNumber()) {
        if (key.longValue() < 0 || key.longValue() >= value.size()) {
          throw new TemplateException("error calling index: index out of range: " + key);
        }
        value = value.get(key.intValue());
      } else if (value.isObject() && key.isTextual()) {
        value = value.path(key.textValue());
      } else if (value.isNull() || value.isMissingNode()) {
        throw new TemplateException("error calling index: index of untyped nil");
      } else {
        throw new TemplateException(
            "error calling index: can't index " + GoText.type(value) + " with " + key);
      }
    }
    return value;
  }

  private static JsonNode slice(List<JsonNode> arguments) {
    var value = arguments.getFirst();
    int size = value.isTextual() ? value.textValue().length() : value.size();
    int from = arguments.size() > 1 ? arguments.get(1).intValue() : 0;
    int to = arguments.size() > 2 ? arguments.get(2).intValue() : size;
    if (from < 0 || to > size || from > to) {
      throw new TemplateException("error calling slice: index out of range: " + from + ":" + to);
    }
    if (value.isTextual()) {
      return text(value.textValue().substring(from, to));
    }
    var part = Json.array();
    value.valueStream().skip(from).limit((long) to - from).forEach(part::add);
    return part;
  }

  private static JsonNode printf(List<JsonNode> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().isTextual()) {
      throw new TemplateException("printf needs a format");
    }
    return text(
        Printf.format(arguments.getFirst().textValue(), arguments.subList(1, arguments.size())));
  }

  private static JsonNode exists(List<JsonNode> arguments) {
    JsonNode value = arguments.getFirst();
    for (var key : arguments.subList(1, arguments.size())) {
      value = key.isTextual() ? value.path(key.textValue()) : value.path(key.intValue());
    }
    return truth(!(value instanceof MissingNode) && !value.isNull());
  }

  private static JsonNode base64decode(List<JsonNode> arguments) {
    try {
      var bytes = Base64.getDecoder().decode(arguments.getFirst().asText());
      return text(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException wrong) {
      throw new TemplateException("error calling base64decode: " + wrong.getMessage());
    }
  }

  private static String spaced(List<JsonNode> arguments) {
    return arguments.stream().map(Printf::value).collect(Collectors.joining(" "));
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  static JsonNode truth(boolean value) {
    return BooleanNode.valueOf(value);
  }

  private static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }
}
