package io.jkube.registry.schema;

import java.util.Objects;

/**
 * How a strategic merge patch treats a field (documentation of Kubernetes: "Update API Objects in
 * Place Using kubectl patch").
 *
 * @param list what becomes of a list
 * @param mergeKey for {@link ListKind#MAP}, the field that tells entries apart; else empty
 * @param retainKeys whether a map, or an entry of the list, drops the keys that a patch's {@code
 *     $retainKeys} does not name
 * @param replaced whether an object is replaced whole
 */
public record MergeRule(ListKind list, String mergeKey, boolean retainKeys, boolean replaced) {
  public static final MergeRule ATOMIC = new MergeRule(ListKind.ATOMIC, "", false);
  public static final MergeRule SET = new MergeRule(ListKind.SET, "", false);

  /** The ways to merge a list. */
  public enum ListKind {
    /** Replaced whole. */
    ATOMIC,
    /** Primitive values, each at most once: merged. */
    SET,
    /** Objects, told apart by {@link MergeRule#mergeKey}: merged one by one. */
    MAP
  }

  public MergeRule {
    Objects.requireNonNull(list, "list");
    if ((list == ListKind.MAP) == mergeKey.isEmpty()) {
      throw new IllegalArgumentException(list + " with merge key '" + mergeKey + "'");
    }
  }

  public MergeRule(ListKind list, String mergeKey, boolean retainKeys) {
    this(list, mergeKey, retainKeys, false);
  }

  public static MergeRule byKey(String mergeKey) {
    return new MergeRule(ListKind.MAP, mergeKey, false);
  }
}
