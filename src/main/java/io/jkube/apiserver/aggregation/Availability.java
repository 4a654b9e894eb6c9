package io.jkube.apiserver.aggregation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a look at another server found out.
 *
 * @param reason one word, as upstream's
 * @param resources the server's own list of what it serves; null when it did not answer
 */
record Availability(boolean available, String reason, String message, ObjectNode resources) {
  static Availability passed(ObjectNode resources) {
    return new Availability(true, "Passed", "all checks passed", resources);
  }

  static Availability failed(String reason, String message) {
    return new Availability(false, reason, message, null);
  }
}
