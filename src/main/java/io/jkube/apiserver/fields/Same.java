package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;

/** Equality of values, in which 1 is one number however it is held in memory. */
final class Same {
  private Same() {}

  static boolean same(JsonNode one, JsonNode other) {
    return one == other || one.equals(Same::compareLeaves, other);
  }

  private static int compareLeaves(JsonNode one, JsonNode other) {
    if (one.equals(other)) {
      return 0;
    }
    boolean numbers = one.isNumber() && other.isNumber();
    return numbers && one.decimalValue().compareTo(other.decimalValue()) == 0 ? 0 : 1;
  }
}
