package io.jkube.apiserver.fairness;

/**
 * Deals each flow a few of many queues: two flows share all of theirs very rarely, so a flow that
 * fills its queues leaves most others one that is free.
 */
final class ShuffleShard {
  private ShuffleShard() {}

  /**
   * @param flow a hash with all its bits mixed
   * @return {@code size} different numbers below {@code queues}
   */
  static int[] hand(long flow, int queues, int size) {
    var hand = new int[size];
    long left = flow & Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      int card = (int) (left % (queues - i));
      left /= queues - i;
      int at = 0;
      while (at < i && hand[at] <= card) { // cards dealt already are not in the deck
        card++;
        at++;
      }
      System.arraycopy(hand, at, hand, at + 1, i - at);
      hand[at] = card;
    }
    return hand;
  }

  /** All bits of a text, mixed (FNV-1a and the finalizer of MurmurHash3). */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
