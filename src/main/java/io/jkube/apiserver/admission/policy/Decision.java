package io.jkube.apiserver.admission.policy;

import io.jkube.api.StatusReason;

/**
 * Why a policy does not let a write pass.
 *
 * @param index of the expression; -1 where none came to be evaluated
 */
record Decision(String message, StatusReason reason, int index) {
  static Decision failure(String message) {
    return new Decision(message, StatusReason.INVALID, -1);
  }

  Decision saying(String words) {
    return new Decision(words, reason, index);
  }
}
