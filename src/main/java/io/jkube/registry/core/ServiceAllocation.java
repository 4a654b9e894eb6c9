package io.jkube.registry.core;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives services their cluster IP and node ports. An address that nobody asks for by name comes
 * from the upper part of the range, so that asked-for ones (DNS, say) do not collide ("Service
 * ClusterIP allocation").
 */
final class ServiceAllocation {
  private static final String NETWORK = "10.96.";
  private static final int FIRST_DYNAMIC = 256;
  private static final int LAST = 65_534;
  private static final int FIRST_PORT = 30_000;
  private static final int LAST_PORT = 32_767;
  private static final int FIRST_DYNAMIC_PORT = FIRST_PORT + 86;

  private final Reservations<String> addresses;
  private final Reservations<Integer> ports;

  ServiceAllocation(InstantSource clock) {
    addresses = new Reservations<>(clock);
    ports = new Reservations<>(clock);
  }

  /** Fills in what the service has not got; what it has is checked against all others. */
  void allocate(ObjectNode service, ObjectNode current, StoredObjects others) {
    var spec = Tree.child(service, "spec");
    var type = text(spec, "/type");
    if (type.equals("ExternalName")) {
      release(spec);
      return;
    }
    var violations = new Violations();
    clusterIp(service, spec, current, others, violations);
    families(spec);
    boolean onNodes =
        type.equals("NodePort")
            || (type.equals("LoadBalancer")
                && spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
    if (onNodes) {
      nodePorts(service, spec, current, others, violations);
    } else if (current != null && !current.path("spec").path("type").equals(spec.path("type"))) {
      objects(spec, "/ports").forEach(port -> port.remove("nodePort"));
    }
    violations.throwIfAny(Services.KIND, text(service, "/metadata/name"));
  }

  /** An external name has neither address nor families. */
  private static void release(ObjectNode spec) {
    spec.remove(List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy"));
    if (!text(spec, "/clusterIP").equals("None")) {
      spec.remove("clusterIP");
    }
  }

  private void clusterIp(
      ObjectNode service,
      ObjectNode spec,
      ObjectNode current,
      StoredObjects others,
      Violations violations) {
    var asked = text(spec, "/clusterIP");
    if (asked.isEmpty() && Tree.has(spec, "/clusterIPs/0")) {
      asked = text(spec, "/clusterIPs/0");
    }
    boolean kept = current != null && asked.equals(text(current, "/spec/clusterIP"));
    var given = asked;
    if (!asked.equals("None") && !(kept && !asked.isEmpty())) {
      Supplier<Set<String>> taken = () -> takenAddresses(service, others);
      given = addresses.first(candidates(asked), taken).orElse("");
      if (given.isEmpty()) {
        violations.invalid(
            "spec.clusterIPs",
            spec.arrayNode().add(asked),
            asked.isEmpty()
                ? "failed to allocate an IP: range is full"
                : "failed to allocate IP " + asked + ": provided IP is already allocated");
        return;
      }
    }
    spec.put("clusterIP", given);
    if (texts(spec, "/clusterIPs").isEmpty()) {
      spec.putArray("clusterIPs").add(given);
    }
  }

  private static Stream<String> candidates(String asked) {
    if (!asked.isEmpty()) {
      return Stream.of(asked);
    }
    int start = ThreadLocalRandom.current().nextInt(FIRST_DYNAMIC, LAST + 1);
    var upper = IntStream.concat(rangeClosed(start, LAST), rangeClosed(FIRST_DYNAMIC, start - 1));
    return IntStream.concat(upper, rangeClosed(2, FIRST_DYNAMIC - 1))
        .mapToObj(number -> NETWORK + number / 256 + "." + number % 256);
  }

  private static IntStream rangeClosed(int first, int last) {
    return IntStream.rangeClosed(first, last);
  }

  private static void families(ObjectNode spec) {
    Tree.putIfEmpty(spec, "ipFamilyPolicy", "SingleStack");
    if (texts(spec, "/ipFamilies").isEmpty()) {
      spec.putArray("ipFamilies").add("IPv4");
    }
  }

  private void nodePorts(
      ObjectNode service,
      ObjectNode spec,
      ObjectNode current,
      StoredObjects others,
      Violations violations) {
    var own = current == null ? Set.<Integer>of() : portsOf(current);
    int index = 0;
    for (var port : objects(spec, "/ports")) {
      keepNodePort(port, current);
      int asked = port.path("nodePort").asInt();
      if (asked == 0 || !own.contains(asked)) {
        var field = "spec.ports[" + index + "].nodePort";
        nodePort(port, asked, field, () -> takenPorts(service, others), violations);
      }
      index++;
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

  private void nodePort(
      ObjectNode port,
      int asked,
      String field,
      Supplier<Set<Integer>> taken,
      Violations violations) {
    if (asked != 0 && (asked < FIRST_PORT || asked > LAST_PORT)) {
      violations.invalid(
          field,
          port.get("nodePort"),
          "provided port is not in the valid range. The range of valid ports is "
              + FIRST_PORT
              + "-"
              + LAST_PORT);
      return;
    }
    ports
        .first(portCandidates(asked), taken)
        .ifPresentOrElse(
            number -> port.put("nodePort", number),
            () ->
                violations.invalid(
                    field, port.numberNode(asked), "provided port is already allocated"));
  }

  private static Stream<Integer> portCandidates(int asked) {
    if (asked != 0) {
      return Stream.of(asked);
    }
    int start = ThreadLocalRandom.current().nextInt(FIRST_DYNAMIC_PORT, LAST_PORT + 1);
    var upper =
        IntStream.concat(rangeClosed(start, LAST_PORT), rangeClosed(FIRST_DYNAMIC_PORT, start - 1));
    return IntStream.concat(upper, rangeClosed(FIRST_PORT, FIRST_DYNAMIC_PORT - 1)).boxed();
  }

  private static Set<String> takenAddresses(ObjectNode service, StoredObjects others) {
    var taken = new HashSet<String>();
    for (var other : others.list(Resources.SERVICES)) {
      if (!isSame(other, service)) {
        taken.addAll(texts(other, "/spec/clusterIPs"));
      }
    }
    return taken;
  }

  private static Set<Integer> takenPorts(ObjectNode service, StoredObjects others) {
    var taken = new HashSet<Integer>();
    for (var other : others.list(Resources.SERVICES)) {
      if (!isSame(other, service)) {
        taken.addAll(portsOf(other));
      }
    }
    return taken;
  }

  private static Set<Integer> portsOf(ObjectNode service) {
    var numbers = new HashSet<Integer>();
    objects(service, "/spec/ports").forEach(port -> numbers.add(port.path("nodePort").asInt()));
    numbers.remove(0);
    return numbers;
  }

  private static boolean isSame(ObjectNode one, ObjectNode other) {
    return text(one, "/metadata/name").equals(text(other, "/metadata/name"))
        && text(one, "/metadata/namespace").equals(text(other, "/metadata/namespace"));
  }
}
