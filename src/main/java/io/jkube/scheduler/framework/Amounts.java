package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * Amounts of resources, as the scheduler adds them up.
 *
 * @param milliCpu thousandths of a core
 * @param pods how many pods; only a node's allocatable has it
 * @param others extended resources, huge pages and the like, by name, in whole units
 */
public record Amounts(
    long milliCpu,
    long memoryBytes,
    long ephemeralStorageBytes,
    long pods,
    Map<String, Long> others) {
  public static final Amounts NONE = new Amounts(0, 0, 0, 0, Map.of());

  public Amounts {
    others = Map.copyOf(others);
  }

  /** Reads a resource list: {@code {cpu: 100m, memory: 1Gi, ...}}; absent means none. */
  public static Amounts of(JsonNode list) {
    if (list.isEmpty()) {
      return NONE;
    }
    var others = new HashMap<String, Long>();
    long cpu = 0;
    long memory = 0;
    long ephemeral = 0;
    long pods = 0;
    for (var entry : list.properties()) {
      var quantity = Quantity.of(entry.getValue());
      switch (entry.getKey()) {
        case "cpu" -> cpu = quantity.millis();
        case "memory" -> memory = quantity.value();
        case "ephemeral-storage" -> ephemeral = quantity.value();
        case "pods" -> pods = quantity.value();
        default -> others.put(entry.getKey(), quantity.value());
      }
    }
    return new Amounts(cpu, memory, ephemeral, pods, others);
  }

  public Amounts plus(Amounts more) {
    return combine(more, Math::addExact);
  }

  public Amounts minus(Amounts less) {
    return combine(less, Math::subtractExact);
  }

  /** The larger of both, resource by resource. */
  public Amounts max(Amounts other) {
    return combine(other, Math::max);
  }

  public boolean isNone() {
    return milliCpu == 0 && memoryBytes == 0 && ephemeralStorageBytes == 0 && others.isEmpty();
  }

  private Amounts combine(Amounts other, LongBinaryOperator operator) {
    return new Amounts(
        operator.applyAsLong(milliCpu, other.milliCpu),
        operator.applyAsLong(memoryBytes, other.memoryBytes),
        operator.applyAsLong(ephemeralStorageBytes, other.ephemeralStorageBytes),
        operator.applyAsLong(pods, other.pods),
        combineOthers(other.others, operator));
  }

  private Map<String, Long> combineOthers(Map<String, Long> more, LongBinaryOperator operator) {
    if (others.isEmpty() && more.isEmpty()) {
      return Map.of();
    }
    var combined = new HashMap<>(others);
    more.forEach(
        (name, amount) ->
            combined.put(name, operator.applyAsLong(others.getOrDefault(name, 0L), amount)));
    return combined;
  }
}
