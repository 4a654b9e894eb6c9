package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** Equality of JSON values, in which 1 and 1.0 are one number. */
final class SameJson {
  private SameJson() {}

  static boolean same(JsonNode one, JsonNode other) {
    return one.equals(
        (left, right) -> {
          if (left.equals(right)) {
            return 0;
          }
          boolean numbers = left.isNumber() && right.isNumber();
          return numbers && left.decimalValue().compareTo(right.decimalValue()) == 0 ? 0 : 1;
        },
        other);
  }
}
