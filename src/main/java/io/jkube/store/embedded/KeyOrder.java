package io.jkube.store.embedded;

import java.util.Comparator;

/**
 * The order of keys by their UTF-8 bytes. It is that of the UTF-16 code units, but for characters
 * beyond the basic plane (surrogates), which UTF-8 puts last.
 */
final class KeyOrder implements Comparator<String> {
  static final KeyOrder INSTANCE = new KeyOrder();

  private KeyOrder() {}

  @Override
  public int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char one = left.charAt(i);
      char other = right.charAt(i);
      if (one != other) {
        boolean oneLast = Character.isSurrogate(one);
        boolean otherLast = Character.isSurrogate(other);
        return oneLast == otherLast ? one - other : oneLast ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }
}
