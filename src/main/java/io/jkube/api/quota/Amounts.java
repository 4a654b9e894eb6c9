package io.jkube.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Amounts by name, sorted. Immutable. */
public record Amounts(SortedMap<String, Quantity> byName) {
  public static final Amounts NONE = new Amounts(new TreeMap<>());

  public Amounts {
    byName = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** Reads an object of quantities; a missing node is none. */
  public static Amounts of(JsonNode node) {
    var amounts = new TreeMap<String, Quantity>();
    for (var each : node.properties()) {
      amounts.put(each.getKey(), Quantity.of(each.getValue()));
    }
    return new Amounts(amounts);
  }

  public Quantity get(String name) {
    return byName.getOrDefault(name, Quantity.ZERO);
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  public Amounts plus(Amounts other) {
    return merged(other, Quantity::plus);
  }

  public Amounts minus(Amounts other) {
    var negated = new TreeMap<String, Quantity>();
    other.byName.forEach((name, amount) -> negated.put(name, amount.negated()));
    return plus(new Amounts(negated));
  }

  /** The larger of each. */
  public Amounts max(Amounts other) {
    return merged(other, (one, two) -> one.compareTo(two) >= 0 ? one : two);
  }

  private Amounts merged(Amounts other, BinaryOperator<Quantity> how) {
    var merged = new TreeMap<>(byName);
    other.byName.forEach((name, amount) -> merged.merge(name, amount, how));
    return new Amounts(merged);
  }

  /** Those of these names only. */
  public Amounts only(Set<String> names) {
    var kept = new TreeMap<>(byName);
    kept.keySet().retainAll(names);
    return new Amounts(kept);
  }

  public Amounts withoutZeros() {
    var kept = new TreeMap<>(byName);
    kept.values().removeIf(Quantity::isZero);
    return new Amounts(kept);
  }

  /**
   * The names of which there is more here than {@code limit} says; what it does not name is free.
   */
  public Set<String> exceeding(Amounts limit) {
    return byName.keySet().stream()
        .filter(limit.byName::containsKey)
        .filter(name -> get(name).compareTo(limit.get(name)) > 0)
        .collect(Collectors.toSet());
  }

  public ObjectNode tree() {
    var tree = Json.object();
    byName.forEach((name, amount) -> tree.put(name, amount.toString()));
    return tree;
  }

  /** {@code pods=1,requests.cpu=200m}. */
  @Override
  public String toString() {
    return byName.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
  }
}
