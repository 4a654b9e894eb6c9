package io.jkube.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** {@code conformance-status.yaml} says the truth of itself, of the tests and in README. */
final class ConformanceStatusTest {
  /** So many conformance tests Kubernetes v1.35 has. */
  private static final int ALL = 441;

  private static final Path README = Path.of("README.md");

  /** How many tests of a SIG hold, are untested, are not there yet. */
  private record Count(int holds, int untested, int notYet) {
    Count plus(Count other) {
      return new Count(holds + other.holds, untested + other.untested, notYet + other.notYet);
    }

    int all() {
      return holds + untested + notYet;
    }

    String row(String sig) {
      return "| %s | %d | %d | %d | %d |".formatted(sig, all(), holds, untested, notYet);
    }
  }

  private final Map<String, Map<String, Object>> sigs = read();

  private static Map<String, Map<String, Object>> read() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    var stream = ConformanceStatusTest.class.getResourceAsStream("/conformance-status.yaml");
    return new Yaml(options).load(stream);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<String>> lists(Map<String, Object> sig, String part) {
    return (Map<String, List<String>>) sig.getOrDefault(part, Map.of());
  }

  @SuppressWarnings("unchecked")
  private static List<String> untested(Map<String, Object> sig) {
    return (List<String>) sig.getOrDefault("untested", List.of());
  }

  private static List<String> names(Map<String, Object> sig) {
    var names = new ArrayList<>(lists(sig, "holds").keySet());
    names.addAll(untested(sig));
    lists(sig, "notYet").values().forEach(names::addAll);
    return names;
  }

  @Test
  void everyNameStandsHereOnce() {
    var seen = new LinkedHashSet<String>();
    sigs.forEach(
        (sig, status) -> {
          assertTrue(Set.of("holds", "untested", "notYet").containsAll(status.keySet()), sig);
          names(status).forEach(name -> assertTrue(seen.add(sig + " " + name), name));
        });
    assertEquals(ALL, seen.size());
  }

  @Test
  void everyTestThatIsNamedIsThere() {
    for (var sig : sigs.values()) {
      lists(sig, "holds")
          .forEach(
              (name, tests) -> {
                assertTrue(!tests.isEmpty(), name);
                tests.forEach(test -> assertTrue(isTest(test), test + " of " + name));
              });
    }
  }

  private static boolean isTest(String reference) {
    var parts = reference.split("#");
    try {
      Class<?> type = Class.forName("io.jkube." + parts[0], false, loader());
      for (; type != Object.class; type = type.getSuperclass()) {
        boolean there =
            Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(parts[1]))
                .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class));
        if (there) {
          return true;
        }
      }
      return false;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }

  private static ClassLoader loader() {
    return ConformanceStatusTest.class.getClassLoader();
  }

  @Test
  void readmeHasTheCounts() throws IOException {
    var rows = new LinkedHashMap<String, Count>();
    sigs.forEach(
        (sig, status) ->
            rows.put(
                sig,
                new Count(
                    lists(status, "holds").size(),
                    untested(status).size(),
                    lists(status, "notYet").values().stream().mapToInt(List::size).sum())));
    var all = rows.values().stream().reduce(new Count(0, 0, 0), Count::plus);
    var table = new StringBuilder();
    rows.forEach((sig, count) -> table.append(count.row(sig)).append('\n'));
    table.append(all.row("all")).append('\n');
    var readme = Files.readString(README);
    if (Boolean.getBoolean("jkube.rewrite")) {
      var written = readme.replaceAll("(?m)(^\\| (sig-[a-z-]+|all) \\|.*\n)+", table.toString());
      Files.writeString(README, written);
      return;
    }
    assertTrue(readme.contains(table), () -> "README.md is to have\n" + table);
  }
}
