package io.jkube.registry.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.registry.schema.Schema.Merge;
import io.jkube.registry.schema.Schema.Type;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the definitions of a package out of the text that the build makes. Its grammar, a line
 * each:
 *
 * <pre>
 * DEFINITION [kind] [atomic] [= TYPE [FORMAT]]
 *   FIELD TYPE [WORDS]        with FIELD! for a required one
 * </pre>
 *
 * TYPE is {@code string int32 int64 double boolean bytes object any quantity int-or-string}, a
 * definition {@code @NAME}, a list {@code []TYPE}, or a map {@code {}TYPE}. WORDS are {@code
 * map:K,K set plain} (list types; without a word a list is atomic), {@code atomic granular} (map
 * types), {@code patch:KEY retain replace} (strategic merge) and {@code default:JSON}.
 */
final class DefinitionReader {
  private static final List<String> DEFAULTED = List.of("metadata", "spec", "status");

  private final String packageName;
  private final Map<String, Schema> definitions = new LinkedHashMap<>();

  private String name;
  private List<String> words = List.of();
  private Map<String, Schema> fields = new LinkedHashMap<>();
  private Set<String> required = new HashSet<>();

  private DefinitionReader(String packageName) {
    this.packageName = packageName;
  }

  /** The definitions by full name, in the order of the text. */
  static Map<String, Schema> read(String packageName, List<String> lines) {
    var reader = new DefinitionReader(packageName);
    for (var line : lines) {
      if (line.startsWith("  ")) {
        reader.field(line.substring(2).split(" "));
      } else if (!line.isEmpty()) {
        reader.finish();
        reader.start(line.split(" "));
      }
    }
    reader.finish();
    return reader.definitions;
  }

  private void start(String[] line) {
    name = packageName + "." + line[0];
    words = List.of(line).subList(1, line.length);
    fields = new LinkedHashMap<>();
    required = new HashSet<>();
  }

  private void finish() {
    if (name == null) {
      return;
    }
    int equals = words.indexOf("=");
    var base = equals < 0 ? Schema.plain(Type.OBJECT, "", "", null) : type(words.get(equals + 1));
    var format = words.size() > equals + 2 && equals >= 0 ? words.get(equals + 2) : base.format();
    var merge = words.contains("atomic") ? mapType("atomic") : Merge.NONE;
    definitions.put(
        name, new Schema(base.type(), format, name, fields, required, null, merge, null, false));
  }

  private void field(String[] line) {
    boolean must = line[0].endsWith("!");
    var field = must ? line[0].substring(0, line[0].length() - 1) : line[0];
    if (must) {
      required.add(field);
    }
    var type = type(line[1]);
    var merge = type.type() == Type.ARRAY ? listType("atomic", List.of()) : Merge.NONE;
    JsonNode value = usualDefault(field, must, type);
    for (int i = 2; i < line.length; i++) {
      if (line[i].startsWith("default:")) {
        value = defaultValue(line, i);
        break;
      }
      merge = merged(merge, line[i], type.type());
    }
    fields.put(field, type.with(merge, value));
  }

  private static Merge merged(Merge before, String word, Type type) {
    int colon = word.indexOf(':');
    var argument = colon < 0 ? "" : word.substring(colon + 1);
    return switch (colon < 0 ? word : word.substring(0, colon)) {
      case "map" -> listType("map", List.of(argument.split(",")));
      case "set" -> listType("set", List.of());
      case "plain" -> listType("", List.of());
      // Bytes are a list where the API is written down, and text on the way.
      case "atomic" -> type == Type.STRING ? listType(word, List.of()) : mapType(word);
      case "granular" -> mapType(word);
      case "patch" -> patched(before, true, argument, before.retainKeys());
      case "replace" -> new Merge("", List.of(), before.mapType(), false, "", false, true);
      case "retain" -> patched(before, before.isPatchMerged(), before.patchKey(), true);
      default -> throw new IllegalStateException("unknown word " + word);
    };
  }

  private static Merge listType(String type, List<String> keys) {
    return new Merge(type, keys, "", false, "", false, false);
  }

  private static Merge mapType(String type) {
    return new Merge("", List.of(), type, false, "", false, false);
  }

  private static Merge patched(Merge before, boolean merged, String key, boolean retainKeys) {
    return new Merge(
        before.listType(), before.listMapKeys(), before.mapType(), merged, key, retainKeys, false);
  }

  /** What is required has its zero value; so have the three parts of a kind. */
  private JsonNode usualDefault(String field, boolean must, Schema type) {
    var nodes = Json.MAPPER.getNodeFactory();
    boolean part = words.contains("kind") && DEFAULTED.contains(field);
    if (!must && !part) {
      return null;
    }
    return switch (type.type()) {
      case STRING -> type.format().isEmpty() ? nodes.textNode("") : null;
      case INTEGER, NUMBER -> nodes.numberNode(0);
      case BOOLEAN -> nodes.booleanNode(false);
      case REFERENCE -> isScalar(type.name()) ? null : nodes.objectNode();
      case OBJECT, MAP, ARRAY, INT_OR_STRING, QUANTITY, ANY -> null;
    };
  }

  private static boolean isScalar(String definition) {
    return definition.endsWith(".Time")
        || definition.endsWith(".MicroTime")
        || definition.endsWith(".Quantity");
  }

  /** A default is the last word of its line and may hold blanks. */
  private static JsonNode defaultValue(String[] line, int index) {
    var text = String.join(" ", List.of(line).subList(index, line.length));
    var json = text.substring("default:".length());
    try {
      return json.equals("none") ? null : Json.MAPPER.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("not JSON: " + json, broken);
    }
  }

  private static Schema type(String text) {
    if (text.startsWith("@")) {
      return Schema.reference(text.substring(1));
    }
    if (text.startsWith("[]")) {
      return Schema.plain(Type.ARRAY, "", "", type(text.substring(2)));
    }
    if (text.startsWith("{}")) {
      return Schema.plain(Type.MAP, "", "", type(text.substring(2)));
    }
    return switch (text) {
      case "string" -> Schema.plain(Type.STRING, "", "", null);
      case "bytes" -> Schema.plain(Type.STRING, "byte", "", null);
      case "int32", "int64" -> Schema.plain(Type.INTEGER, text, "", null);
      case "double" -> Schema.plain(Type.NUMBER, text, "", null);
      case "boolean" -> Schema.plain(Type.BOOLEAN, "", "", null);
      case "object" -> Schema.plain(Type.OBJECT, "", "", null);
      case "quantity" -> Schema.plain(Type.QUANTITY, "", "", null);
      case "int-or-string" -> Schema.plain(Type.INT_OR_STRING, text, "", null);
      case "any" -> Schema.plain(Type.ANY, "", "", null);
      default -> throw new IllegalStateException("unknown type " + text);
    };
  }
}
