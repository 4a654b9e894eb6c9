package io.jkube.apiserver.fields;

/**
 * What one state of an object has other than another. No path is in more than one of the sets.
 *
 * @param removed what is not there any more
 * @param modified what has another value
 * @param added what was not there before
 */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {
  /** What the later state sets itself: modified or added. */
  FieldSet changed() {
    return modified.union(added);
  }

  /** All that is not as it was. */
  FieldSet touched() {
    return changed().union(removed);
  }

  boolean isSame() {
    return removed.isEmpty() && modified.isEmpty() && added.isEmpty();
  }

  /** Leaves out these paths and what is below them. */
  Comparison without(FieldSet ignored) {
    if (ignored.isEmpty() || isSame()) {
      return this;
    }
    return new Comparison(
        removed.without(ignored), modified.without(ignored), added.without(ignored));
  }
}
