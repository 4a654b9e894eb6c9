package io.jkube.network.nft;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of a table that follow what is stored: pure data.
 *
 * @param chains rules by the name of their chain
 * @param elements by the name of map or set, keys with values (empty for a set)
 * @param sets what sets are of, beside those of the table's frame, by name: {@code type ipv4_addr;}
 */
record RuleSet(
    SortedMap<String, List<String>> chains,
    SortedMap<String, SortedMap<String, String>> elements,
    SortedMap<String, String> sets) {
  static final RuleSet EMPTY = new RuleSet(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  RuleSet {
    chains = Collections.unmodifiableSortedMap(chains);
    elements = Collections.unmodifiableSortedMap(elements);
    sets = Collections.unmodifiableSortedMap(sets);
  }

  /** Collects one. For one thread. */
  static final class Builder {
    private final SortedMap<String, List<String>> chains = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> elements = new TreeMap<>();
    private final SortedMap<String, String> sets = new TreeMap<>();

    void chain(String name, List<String> rules) {
      chains.put(name, List.copyOf(rules));
    }

    void set(String name, String type) {
      sets.put(name, type);
    }

    /** One of a set. */
    void element(String set, String key) {
      element(set, key, "");
    }

    /** One of a map. */
    void element(String map, String key, String value) {
      elements.computeIfAbsent(map, name -> new TreeMap<>()).put(key, value);
    }

    RuleSet build() {
      return new RuleSet(chains, elements, sets);
    }
  }
}
