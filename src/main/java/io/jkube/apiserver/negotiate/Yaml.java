package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML bodies and answers: the same trees as JSON. */
public final class Yaml {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_ALIASES = 50;
  private static final int MAX_CHARACTERS = 3 * 1024 * 1024;

  private Yaml() {}

  /**
   * Reads one document.
   *
   * @throws ApiException BadRequest when it is malformed, too deep, or blown up by aliases
   */
  public static JsonNode parse(byte[] bytes) {
    return parse(bytes, false);
  }

  /** {@link #parse} that takes the last of several values of one key. */
  public static JsonNode parseTakingLast(byte[] bytes) {
    return parse(bytes, true);
  }

  /** What is wrong with a document in which a key stands twice, in the words of Go's decoder. */
  public static Optional<String> duplicateKey(byte[] bytes) {
    try {
      yaml(false).load(new String(bytes, StandardCharsets.UTF_8));
      return Optional.empty();
    } catch (DuplicateKeyException twice) {
      return Optional.of(
          "error converting YAML to JSON: yaml: unmarshal errors:\n  line %d: key \"%s\" already set in map"
              .formatted(
                  twice.getProblemMark().getLine() + 1,
                  twice.getProblem().replace("found duplicate key ", "")));
    }
  }

  private static JsonNode parse(byte[] bytes, boolean takesLast) {
    try {
      Object loaded = yaml(takesLast).load(new String(bytes, StandardCharsets.UTF_8));
      return Json.MAPPER.valueToTree(loaded);
    } catch (YAMLException | IllegalArgumentException malformed) {
      throw ApiException.badRequest(
          "the object provided is not valid YAML: " + firstLine(malformed.getMessage()));
    }
  }

  public static byte[] write(JsonNode tree) {
    var plain = Json.MAPPER.convertValue(tree, Object.class);
    return yaml(false).dump(plain).getBytes(StandardCharsets.UTF_8);
  }

  private static org.yaml.snakeyaml.Yaml yaml(boolean allowsDuplicates) {
    var loading = new LoaderOptions();
    loading.setAllowDuplicateKeys(allowsDuplicates);
    loading.setWarnOnDuplicateKeys(false);
    loading.setMaxAliasesForCollections(MAX_ALIASES);
    loading.setNestingDepthLimit(MAX_DEPTH);
    loading.setCodePointLimit(MAX_CHARACTERS);
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
