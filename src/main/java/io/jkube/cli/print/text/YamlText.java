package io.jkube.cli.print.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/** YAML as kubectl writes it: keys sorted, lists not indented, long lines folded at a space. */
public final class YamlText {
  private static final int FOLDED_FROM_COLUMN = 80;

  private YamlText() {}

  /** One document, with a newline at its end. */
  public static String of(JsonNode node) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setWidth(FOLDED_FROM_COLUMN);
    options.setAllowUnicode(true);
    var text = new StringWriter();
    var serializer = new Serializer(new Emitter(text, options), new Resolver(), options, null);
    try {
      serializer.open();
      serializer.serialize(node(node));
      serializer.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing YAML in memory", impossible);
    }
    return text.toString();
  }

  private static Node node(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> mapping(value);
      case ARRAY -> sequence(value);
      case STRING -> string(value.textValue());
      case NUMBER -> scalar(value.isIntegralNumber() ? Tag.INT : Tag.FLOAT, GoText.of(value));
      case BOOLEAN -> scalar(Tag.BOOL, value.asText());
      case NULL, MISSING, BINARY, POJO -> scalar(Tag.NULL, "null");
    };
  }

  private static Node mapping(JsonNode value) {
    var tuples = new ArrayList<NodeTuple>();
    value
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> tuples.add(new NodeTuple(string(entry.getKey()), node(entry.getValue()))));
    return new MappingNode(
        Tag.MAP, true, tuples, null, null, value.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node sequence(JsonNode value) {
    List<Node> items = value.valueStream().map(YamlText::node).toList();
    return new SequenceNode(
        Tag.SEQ, true, items, null, null, items.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node string(String text) {
    var style = ScalarStyle.PLAIN;
    if (YamlWords.meansOtherThanText(text)) {
      style = ScalarStyle.DOUBLE_QUOTED;
    } else if (text.indexOf('\n') >= 0) {
      style = ScalarStyle.LITERAL;
    }
    return new ScalarNode(Tag.STR, true, text, null, null, style);
  }

  private static Node scalar(Tag tag, String text) {
    return new ScalarNode(tag, true, text, null, null, ScalarStyle.PLAIN);
  }
}
