package io.jkube.controller.workload;

import java.util.BitSet;

/** Indexes of pods, as a status spells them: {@code 0-2,5,6}; two in a row are no range. */
final class IndexSet {
  private final BitSet bits = new BitSet();

  /** Empty text means none. */
  static IndexSet parse(String text) {
    var set = new IndexSet();
    for (var part : text.isEmpty() ? new String[0] : text.split(",")) {
      int dash = part.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
      set.bits.set(first, last + 1);
    }
    return set;
  }

  void add(int index) {
    bits.set(index);
  }

  boolean contains(int index) {
    return bits.get(index);
  }

  int size() {
    return bits.cardinality();
  }

  /** How many of {@code others} are in it. */
  int sizeWithin(IndexSet others) {
    var both = (BitSet) bits.clone();
    both.and(others.bits);
    return both.cardinality();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (end - first > 1) {
        text.append(end - first > 2 ? '-' : ',').append(end - 1);
      }
      first = bits.nextSetBit(end);
    }
    return text.toString();
  }
}
