package io.jkube.controller.workload;

import io.jkube.api.ApiException;

/** What keeps a set from having the pods it should; no reason: nothing does. */
record ReplicaFailure(String reason, String message) {
  static final ReplicaFailure NONE = new ReplicaFailure("", "");

  static ReplicaFailure of(ApiException refused, boolean whileCreating) {
    return new ReplicaFailure(
        whileCreating ? "FailedCreate" : "FailedDelete", refused.getMessage());
  }

  boolean isNone() {
    return reason.isEmpty();
  }
}
