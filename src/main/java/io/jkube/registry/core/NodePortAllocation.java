package io.jkube.registry.core;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Violations;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives services their node ports. One that nobody asks for by number comes from the upper part of
 * the range, so that asked-for ones do not collide.
 */
final class NodePortAllocation {
  private static final String HEALTH_CHECK = "healthCheckNodePort";
  private static final int FIRST_PORT = 30_000;
  private static final int LAST_PORT = 32_767;
  private static final int FIRST_DYNAMIC_PORT = FIRST_PORT + 86;

  private final Reservations<Integer> ports;

  NodePortAllocation(InstantSource clock) {
    ports = new Reservations<>(clock);
  }

  /** A request begins. */
  void begin() {
    ports.begin();
  }

  /** Every port of the service has one afterwards, or a violation says why not. */
  void allocate(
      ObjectNode service,
      ObjectNode spec,
      ObjectNode current,
      StoredObjects others,
      Violations violations) {
    var own = current == null ? Set.<Integer>of() : portsOf(current);
    // Of one service, several protocols may share a number.
    var settled = new HashSet<>(own);
    int index = 0;
    for (var port : objects(spec, "/ports")) {
      keepNodePort(port, current);
      int number = port.path("nodePort").asInt();
      if (number == 0 || !settled.contains(number)) {
        settled.add(
            give(
                port,
                "nodePort",
                "spec.ports[" + index + "].nodePort",
                taken(service, number == 0, others),
                violations));
      }
      index++;
    }
  }

  /** Where whoever balances from outside asks whether a node has endpoints. */
  void allocateHealthCheck(
      ObjectNode service,
      ObjectNode spec,
      ObjectNode current,
      StoredObjects others,
      Violations violations) {
    int before = current == null ? 0 : current.at("/spec/" + HEALTH_CHECK).asInt();
    if (before != 0 && spec.path(HEALTH_CHECK).asInt() == 0) {
      spec.put(HEALTH_CHECK, before);
    }
    int number = spec.path(HEALTH_CHECK).asInt();
    if (number == 0 || number != before) {
      give(
          spec,
          HEALTH_CHECK,
          "spec." + HEALTH_CHECK,
          taken(service, number == 0, others),
          violations);
    }
  }

  /** An update that leaves out the node port of a port keeps the one that the port has. */
  private static void keepNodePort(ObjectNode port, ObjectNode current) {
    if (current == null || port.path("nodePort").asInt() != 0) {
      return;
    }
    for (var before : objects(current, "/spec/ports")) {
      if (before.path("port").equals(port.path("port"))
          && text(before, "/protocol").equals(text(port, "/protocol"))
          && before.path("nodePort").asInt() != 0) {
        port.set("nodePort", before.get("nodePort"));
        return;
      }
    }
  }

  /**
   * Puts a number where there is none, or sees that the one there can be had; 0 where none can.
   *
   * @param field of {@code holder}, and where that is in the object
   */
  private int give(
      ObjectNode holder,
      String field,
      String path,
      Supplier<Set<Integer>> taken,
      Violations violations) {
    int asked = holder.path(field).asInt();
    if (asked != 0 && (asked < FIRST_PORT || asked > LAST_PORT)) {
      violations.invalid(
          path,
          holder.get(field),
          "provided port is not in the valid range. The range of valid ports is "
              + FIRST_PORT
              + "-"
              + LAST_PORT);
      return 0;
    }
    var given = ports.first(portCandidates(asked), taken);
    if (given.isEmpty()) {
      violations.invalid(path, holder.numberNode(asked), "provided port is already allocated");
      return 0;
    }
    holder.put(field, given.get());
    return given.get();
  }

  private static Stream<Integer> portCandidates(int asked) {
    if (asked != 0) {
      return Stream.of(asked);
    }
    int start = ThreadLocalRandom.current().nextInt(FIRST_DYNAMIC_PORT, LAST_PORT + 1);
    var upper =
        IntStream.concat(
            IntStream.rangeClosed(start, LAST_PORT),
            IntStream.rangeClosed(FIRST_DYNAMIC_PORT, start - 1));
    return IntStream.concat(upper, IntStream.rangeClosed(FIRST_PORT, FIRST_DYNAMIC_PORT - 1))
        .boxed();
  }

  /**
   * What all other services have.
   *
   * @param own whether also what this one has so far
   */
  private static Supplier<Set<Integer>> taken(
      ObjectNode service, boolean own, StoredObjects others) {
    return () -> {
      var taken = new HashSet<>(own ? portsOf(service) : Set.<Integer>of());
      for (var other : others.list(Resources.SERVICES)) {
        if (!Json.key(other).equals(Json.key(service))) {
          taken.addAll(portsOf(other));
        }
      }
      return taken;
    };
  }

  private static Set<Integer> portsOf(ObjectNode service) {
    var numbers = new HashSet<Integer>();
    objects(service, "/spec/ports").forEach(port -> numbers.add(port.path("nodePort").asInt()));
    numbers.add(service.at("/spec/" + HEALTH_CHECK).asInt());
    numbers.remove(0);
    return numbers;
  }
}
