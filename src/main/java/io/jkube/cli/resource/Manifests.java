package io.jkube.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** The objects that {@code -f} names: each document of each file, lists taken apart. */
public final class Manifests {
  private static final int MAX_CODE_POINTS = 16 * 1024 * 1024;
  private static final int MAX_DEPTH = 500;

  private Manifests() {}

  /**
   * @throws CommandFailure when a file cannot be read, or holds something else than objects with
   *     apiVersion and kind
   */
  public static List<Manifest> read(FileFlags flags, CommandContext context)
      throws InterruptedException {
    var manifests = new ArrayList<Manifest>();
    for (var document : new ManifestSource(context).read(flags)) {
      for (var value : parse(document)) {
        add(document.source(), value, manifests);
      }
    }
    return manifests;
  }

  private static List<JsonNode> parse(ManifestSource.Document document) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setAllowDuplicateKeys(false);
    var settings = new DumperOptions();
    var yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(settings),
            settings,
            options,
            new TextTimes());
    var values = new ArrayList<JsonNode>();
    try {
      var reader =
          new InputStreamReader(new ByteArrayInputStream(document.bytes()), StandardCharsets.UTF_8);
      yaml.loadAll(reader).forEach(value -> values.add(YamlTree.of(value)));
    } catch (YAMLException malformed) {
      throw new CommandFailure(
          "error parsing "
              + document.source()
              + ": error converting YAML to JSON: yaml: "
              + problem(malformed));
    }
    return values;
  }

  private static String problem(YAMLException malformed) {
    return malformed instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? "line " + (marked.getProblemMark().getLine() + 1) + ": " + marked.getProblem()
        : malformed.getMessage();
  }

  private static void add(String source, JsonNode value, List<Manifest> manifests) {
    if (value.isNull() || value.isEmpty()) {
      return;
    }
    if (!(value instanceof ObjectNode object)) {
      throw new CommandFailure(
          "error parsing " + source + ": an object is expected, not " + value.getNodeType());
    }
    if (object.path("kind").asText().endsWith("List") && object.path("items").isArray()) {
      object.path("items").forEach(item -> add(source, item, manifests));
      return;
    }
    var missing =
        Stream.of("apiVersion", "kind")
            .filter(field -> object.path(field).asText().isEmpty())
            .map(field -> field + " not set")
            .toList();
    if (!missing.isEmpty()) {
      throw new CommandFailure(
          "error validating \"%s\": error validating data: %s; if you choose to ignore these errors, turn validation off with --validate=false"
              .formatted(
                  source,
                  missing.size() == 1
                      ? missing.getFirst()
                      : "[" + String.join(", ", missing) + "]"));
    }
    manifests.add(new Manifest(source, object));
  }
}
