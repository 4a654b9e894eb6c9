package io.jkube.network.policy;

import io.jkube.api.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/**
 * A policy in one of its directions.
 *
 * @param pods addresses of those it isolates
 * @param rules what they may do nevertheless
 */
public record PodPolicy(
    ObjectKey key, Direction direction, SortedSet<String> pods, List<PolicyRule> rules) {
  /** Seen from the isolated pod. */
  public enum Direction {
    INGRESS("Ingress"),
    EGRESS("Egress");

    private final String type;

    Direction(String type) {
      this.type = type;
    }

    /** As {@code policyTypes} has it. */
    String type() {
      return type;
    }
  }

  public PodPolicy {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(pods, "pods");
    rules = List.copyOf(rules);
  }
}
