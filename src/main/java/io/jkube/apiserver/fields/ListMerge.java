package io.jkube.apiserver.fields;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which the elements of two lists join: that of the second list, with what only the
 * first one has kept before the shared element it stood before.
 */
final class ListMerge {
  private final List<String> left;
  private final List<String> right;
  private final Set<String> inRight;
  private final Set<String> taken = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();

  /** The shared elements that still have to come, in the order of the second list. */
  private final List<String> shared;

  private int atLeft;
  private int atRight;
  private int atShared;

  /**
   * An element of the result.
   *
   * @param left its place in the first list; -1 where it comes by the second one's
   * @param right its place in the second list, or -1
   */
  record Step(int left, int right) {}

  ListMerge(List<String> left, List<String> right) {
    this.left = left;
    this.right = right;
    var inLeft = new HashSet<>(left);
    this.inRight = new HashSet<>(right);
    this.shared = right.stream().filter(inLeft::contains).toList();
  }

  List<Step> steps() {
    while (atLeft < left.size() || atRight < right.size()) {
      if (atLeft < left.size() && inRight.contains(left.get(atLeft))) {
        takeOrSkipShared(left.get(atLeft));
      } else if (atLeft < left.size()) {
        steps.add(new Step(atLeft++, -1));
      } else {
        takeRight();
      }
    }
    return steps;
  }

  /** The first list stands at an element that the second one has too. */
  private void takeOrSkipShared(String element) {
    boolean here = atRight < right.size() && right.get(atRight).equals(element);
    if (here) {
      takeRight();
      atLeft++;
      return;
    }
    boolean later = atShared < shared.size() && !shared.get(atShared).equals(element);
    if (later && atRight < right.size()) {
      atLeft++;
      return;
    }
    if (taken.contains(element)) {
      atLeft++;
    }
    if (atRight < right.size()) {
      takeRight();
    }
  }

  private void takeRight() {
    var element = right.get(atRight);
    taken.add(element);
    steps.add(new Step(-1, atRight++));
    if (atShared < shared.size() && shared.get(atShared).equals(element)) {
      atShared++;
    }
  }
}
