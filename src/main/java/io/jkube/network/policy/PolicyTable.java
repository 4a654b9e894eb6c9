package io.jkube.network.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.network.policy.PodPolicy.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Every policy in each of its directions, sorted by name. */
public record PolicyTable(List<PodPolicy> policies) {
  public static final PolicyTable EMPTY = new PolicyTable(List.of());

  public PolicyTable {
    policies = List.copyOf(policies);
  }

  /** What these policies say about these pods. */
  public static PolicyTable of(
      Collection<ObjectNode> policies,
      Collection<PolicyPod> pods,
      Collection<PolicyNamespace> namespaces) {
    var reader = new PolicyReader(pods, namespaces);
    var all = new ArrayList<PodPolicy>();
    for (var policy : policies) {
      var types = policy.at("/spec/policyTypes").toString();
      for (var direction : Direction.values()) {
        if (types.contains(direction.type())) {
          all.add(reader.read(policy, direction));
        }
      }
    }
    all.sort(
        Comparator.comparing((PodPolicy each) -> each.key().toString())
            .thenComparing(PodPolicy::direction));
    return new PolicyTable(all);
  }
}
