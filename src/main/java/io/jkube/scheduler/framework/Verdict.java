package io.jkube.scheduler.framework;

import java.util.List;

/** What a plugin says of a pod and a node. */
public sealed interface Verdict {
  Verdict FITS = new Fits();

  /** Nothing against it. */
  record Fits() implements Verdict {}

  /** Not now; fewer pods on the node would help. */
  record Unschedulable(List<String> reasons) implements Verdict {
    public Unschedulable {
      reasons = List.copyOf(reasons);
    }
  }

  /** Not on this node, whatever pods are removed from it. */
  record Unresolvable(List<String> reasons) implements Verdict {
    public Unresolvable {
      reasons = List.copyOf(reasons);
    }
  }

  /** On no node at all, for a reason that lies with the pod alone. */
  record Nowhere(String reason) implements Verdict {}

  static Verdict unschedulable(String reason) {
    return new Unschedulable(List.of(reason));
  }

  static Verdict unresolvable(String reason) {
    return new Unresolvable(List.of(reason));
  }

  /** Whether it would not help to remove pods from the node. */
  default boolean isFinal() {
    return this instanceof Unresolvable || this instanceof Nowhere;
  }

  /** Why not; empty when it fits. */
  default List<String> reasons() {
    return switch (this) {
      case Fits fits -> List.of();
      case Unschedulable not -> not.reasons;
      case Unresolvable not -> not.reasons;
      case Nowhere not -> List.of(not.reason);
    };
  }
}
