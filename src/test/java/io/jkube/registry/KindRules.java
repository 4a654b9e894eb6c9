package io.jkube.registry;

import static io.jkube.registry.Trees.found;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.builtin.BuiltinKinds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** Holds the hooks of a kind against what upstream says, an object at a time. */
public final class KindRules {
  public static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private static final ResourceCatalog CATALOG = BuiltinKinds.catalog(InstantSource.fixed(NOW));

  private KindRules() {}

  /** The first of this kind, as {@code Job}, or {@code HorizontalPodAutoscaler/v1}. */
  public static ResourceDefinition definition(String kind) {
    var words = kind.split("/");
    return CATALOG.all().stream()
        .filter(each -> each.kind().kind().equals(words[0]))
        .filter(each -> words.length == 1 || each.kind().version().equals(words[1]))
        .findFirst()
        .orElseThrow();
  }

  /** The object with its defaults, as it stands after a creation. */
  public static ObjectNode created(String kind, String object) {
    var tree = yaml(object);
    var strategy = definition(kind).strategy();
    strategy.applyDefaults(tree);
    strategy.prepareForCreate(tree, NOW);
    return tree;
  }

  /** Asserts what a creation finds wrong: lines apart by {@code ;;}, none for nothing. */
  public static void assertCreation(String kind, String object, String expected) {
    var tree = created(kind, object);
    assertEquals(
        lines(expected), found(found -> definition(kind).strategy().validate(tree, found)));
  }

  /** Asserts what an update finds wrong. */
  public static void assertUpdate(String kind, String current, String updated, String expected) {
    var strategy = definition(kind).strategy();
    var before = created(kind, current);
    var after = yaml(updated);
    strategy.applyDefaults(after);
    strategy.prepareForUpdate(after, before);
    assertEquals(lines(expected), found(found -> strategy.validateUpdate(after, before, found)));
  }

  private static List<String> lines(String text) {
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(";;")).map(String::strip).toList();
  }
}
