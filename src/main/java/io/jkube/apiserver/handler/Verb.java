package io.jkube.apiserver.handler;

import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;

/** Answers one kind of request about objects. Knows no other verb. Thread-safe. */
@FunctionalInterface
public interface Verb {
  /**
   * @throws io.jkube.api.ApiException with the Status to answer
   */
  Reply handle(ResourceCall call);
}
