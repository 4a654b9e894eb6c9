package io.jkube.registry.openapi;

import io.jkube.registry.schema.BuiltinDefinitions;
import java.util.HashMap;
import java.util.Map;

/** The texts that go with definitions and fields; a package is read when first asked for. */
final class Descriptions {
  private final Map<String, Map<String, String>> packages = new HashMap<>();

  /** What a definition is, or "". */
  String of(String definition) {
    return ofPackage(definition).getOrDefault(definition, "");
  }

  /** What a field of a definition is, or "". */
  String of(String definition, String field) {
    return ofPackage(definition).getOrDefault(definition + " " + field, "");
  }

  private Map<String, String> ofPackage(String definition) {
    var name = definition.substring(0, definition.lastIndexOf('.'));
    return packages.computeIfAbsent(name, Descriptions::read);
  }

  private static Map<String, String> read(String packageName) {
    var texts = new HashMap<String, String>();
    var definition = "";
    for (var line : BuiltinDefinitions.lines(packageName + ".docs")) {
      var parts = line.split("\t", 2);
      var text = parts.length < 2 ? "" : unescaped(parts[1]);
      if (line.startsWith("  ")) {
        texts.put(definition + " " + parts[0].strip(), text);
      } else {
        definition = packageName + "." + parts[0];
        texts.put(definition, text);
      }
    }
    return texts;
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter != '\\') {
        plain.append(letter);
      } else {
        char next = text.charAt(++i);
        plain.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
      }
    }
    return plain.toString();
  }
}
