package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML bodies and answers: the same trees as JSON. */
public final class Yaml {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_ALIASES = 50;
  private static final int MAX_CHARACTERS = 3 * 1024 * 1024;

  /** A short document may have so many values; a longer one as many as it has bytes. */
  private static final int MIN_VALUES = 100_000;

  private Yaml() {}

  /** The tree, and what stands in it twice: {@code line 3: key "a" already set in map}. */
  public record Parsed(JsonNode tree, List<String> duplicates) {
    /** The duplicates in the words of Go's decoder. */
    public String problem() {
      return "yaml: unmarshal errors:\n  " + String.join("\n  ", duplicates);
    }
  }

  /**
   * Reads one document.
   *
   * @throws ApiException BadRequest when it is malformed, too deep, or blown up by aliases
   */
  public static JsonNode parse(byte[] bytes) {
    return parseNoting(bytes).tree();
  }

  /** {@link #parse}, telling duplicates. */
  public static Parsed parseNoting(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      var node = yaml().compose(new StringReader(text));
      if (node == null) {
        return new Parsed(NullNode.getInstance(), List.of());
      }
      var tree = new YamlTree(loading(), Math.max(MIN_VALUES, bytes.length));
      return new Parsed(tree.of(node), tree.duplicates());
    } catch (CharacterCodingException notText) {
      throw malformed("invalid UTF-8");
    } catch (MarkedYAMLException malformed) {
      var mark = malformed.getProblemMark();
      var line = mark == null ? "" : "line " + (mark.getLine() + 1) + ": ";
      throw malformed(line + malformed.getProblem());
    } catch (YAMLException malformed) {
      throw malformed(firstLine(malformed.getMessage()));
    }
  }

  private static ApiException malformed(String why) {
    return ApiException.badRequest("error converting YAML to JSON: yaml: " + why);
  }

  public static byte[] write(JsonNode tree) {
    var plain = Json.MAPPER.convertValue(tree, Object.class);
    return yaml().dump(plain).getBytes(StandardCharsets.UTF_8);
  }

  private static LoaderOptions loading() {
    var loading = new LoaderOptions();
    loading.setMaxAliasesForCollections(MAX_ALIASES);
    loading.setNestingDepthLimit(MAX_DEPTH);
    loading.setCodePointLimit(MAX_CHARACTERS);
    return loading;
  }

  private static org.yaml.snakeyaml.Yaml yaml() {
    var loading = loading();
    var dumping = new DumperOptions();
    dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    dumping.setIndicatorIndent(0);
    return new org.yaml.snakeyaml.Yaml(
        new SafeConstructor(loading),
        new Representer(dumping),
        dumping,
        loading,
        new WithoutTimes());
  }

  private static String firstLine(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  /** Times stay the strings they are in JSON. */
  private static final class WithoutTimes extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, java.util.regex.Pattern regexp, String first) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, regexp, first);
      }
    }

    @Override
    public void addImplicitResolver(
        Tag tag, java.util.regex.Pattern regexp, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, regexp, first, limit);
      }
    }
  }
}
