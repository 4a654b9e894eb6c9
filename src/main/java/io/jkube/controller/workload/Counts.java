package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The counts in a status. */
final class Counts {
  private Counts() {}

  /** A count of zero is left out, as upstream's JSON does. */
  static void put(ObjectNode status, String field, int count) {
    if (count == 0) {
      status.remove(field);
    } else {
      status.put(field, count);
    }
  }

  static void put(ObjectNode status, String field, long count) {
    put(status, field, Math.toIntExact(count));
  }
}
