package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes a tree of the nodes of a YAML document. Aliases are copied; what they blow up beyond a
 * budget, or lead in a circle, is refused. A key that stands twice counts with its last value and
 * is noted. One document's.
 */
final class YamlTree extends SafeConstructor {
  private static final int MAX_DEPTH = 200;

  private final List<String> duplicates = new ArrayList<>();
  private int budget;

  /**
   * @param budget how many values the tree may have
   */
  YamlTree(LoaderOptions options, int budget) {
    super(options);
    this.budget = budget;
  }

  /** {@code line 3: key "name" already set in map}. */
  List<String> duplicates() {
    return duplicates;
  }

  /**
   * @throws YAMLException for what JSON cannot say
   */
  JsonNode of(Node node) {
    return value(node, 0);
  }

  private JsonNode value(Node node, int depth) {
    if (--budget < 0) {
      throw new YAMLException("document contains excessive aliasing");
    }
    if (depth > MAX_DEPTH) {
      throw new YAMLException("exceeded max depth of " + MAX_DEPTH);
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, depth);
      case SequenceNode sequence -> array(sequence, depth);
      case ScalarNode scalar -> scalar(scalar);
      case Node other -> throw new YAMLException("what is a node of " + other.getTag() + "?");
    };
  }

  private ObjectNode object(MappingNode mapping, int depth) {
    allow(mapping, Tag.MAP);
    if (mapping.isMerged()) {
      flattenMapping(mapping);
    }
    var object = Json.object();
    for (var entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new YAMLException("a key that is no scalar");
      }
      var name = key.getTag().equals(Tag.NULL) ? "null" : key.getValue();
      if (object.has(name)) {
        int line = key.getStartMark().getLine() + 1;
        duplicates.add("line " + line + ": key \"" + name + "\" already set in map");
      }
      object.set(name, value(entry.getValueNode(), depth + 1));
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, int depth) {
    allow(sequence, Tag.SEQ);
    var array = Json.array();
    for (var element : sequence.getValue()) {
      array.add(value(element, depth + 1));
    }
    return array;
  }

  private static void allow(Node node, Tag tag) {
    if (!node.getTag().equals(tag)) {
      throw new YAMLException("Global tag is not allowed: " + node.getTag());
    }
  }

  private JsonNode scalar(ScalarNode scalar) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (constructObject(scalar)) {
      case null -> nodes.nullNode();
      case String text -> nodes.textNode(text);
      case Boolean truth -> nodes.booleanNode(truth);
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case BigInteger number -> nodes.numberNode(number);
      case Double number when Double.isFinite(number) -> nodes.numberNode(number);
      case byte[] bytes -> nodes.textNode(Base64.getEncoder().encodeToString(bytes));
      case Object other -> throw new YAMLException("JSON has no " + scalar.getValue());
    };
  }
}
