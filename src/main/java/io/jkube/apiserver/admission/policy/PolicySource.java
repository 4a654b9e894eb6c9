package io.jkube.apiserver.admission.policy;

import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The policies that are bound, in the order of their names. Thread-safe. */
final class PolicySource {
  private final SettledKind policies;
  private final SettledKind bindings;
  private volatile Snapshot snapshot = new Snapshot(-1, -1, List.of());

  /** A policy with all of its bindings. */
  record Bound(Policy policy, List<Binding> bindings) {}

  private record Snapshot(long policies, long bindings, List<Bound> bound) {}

  PolicySource(SettledKind policies, SettledKind bindings) {
    this.policies = policies;
    this.bindings = bindings;
  }

  List<Bound> current() {
    long ofPolicies = policies.revision();
    long ofBindings = bindings.revision();
    var known = snapshot;
    if (known.policies() != ofPolicies || known.bindings() != ofBindings) {
      known = new Snapshot(ofPolicies, ofBindings, read());
      snapshot = known;
    }
    return known.bound();
  }

  private List<Bound> read() {
    Map<String, List<Binding>> byPolicy =
        bindings.list("").stream()
            .map(StoredObject::tree)
            .map(Binding::of)
            .collect(Collectors.groupingBy(Binding::policy));
    return policies.list("").stream()
        .map(StoredObject::tree)
        .map(Policy::of)
        .filter(policy -> byPolicy.containsKey(policy.name()))
        .map(policy -> new Bound(policy, byPolicy.get(policy.name())))
        .toList();
  }
}
