package io.jkube.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The policies of one kind that are bound, in the order of their names. Thread-safe.
 *
 * @param <A> what they do
 */
final class PolicySource<A> {
  private final SettledKind policies;
  private final SettledKind bindings;
  private final BiFunction<JsonNode, Scope, A> action;
  private volatile Snapshot<A> snapshot = new Snapshot<>(-1, -1, List.of());

  /** A policy with all of its bindings. */
  record Bound<A>(Policy<A> policy, List<Binding> bindings) {}

  private record Snapshot<A>(long policies, long bindings, List<Bound<A>> bound) {}

  /**
   * @param action reads what a policy of this kind does
   */
  PolicySource(SettledKind policies, SettledKind bindings, BiFunction<JsonNode, Scope, A> action) {
    this.policies = policies;
    this.bindings = bindings;
    this.action = action;
  }

  List<Bound<A>> current() {
    long ofPolicies = policies.revision();
    long ofBindings = bindings.revision();
    var known = snapshot;
    if (known.policies() != ofPolicies || known.bindings() != ofBindings) {
      known = new Snapshot<>(ofPolicies, ofBindings, read());
      snapshot = known;
    }
    return known.bound();
  }

  private List<Bound<A>> read() {
    Map<String, List<Binding>> byPolicy =
        bindings.list("").stream()
            .map(StoredObject::tree)
            .map(Binding::of)
            .collect(Collectors.groupingBy(Binding::policy));
    return policies.list("").stream()
        .map(StoredObject::tree)
        .map(policy -> Policy.of(policy, action))
        .filter(policy -> byPolicy.containsKey(policy.name()))
        .map(policy -> new Bound<>(policy, byPolicy.get(policy.name())))
        .toList();
  }
}
