package io.jkube.apiserver.authz;

import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;

/** Decides who may do what. Thread-safe. */
@FunctionalInterface
public interface Authorizer {
  /** Everyone whom authentication knows may do everything. */
  Authorizer EVERYTHING_TO_AUTHENTICATED =
      (user, info) ->
          user.groups().contains(UserInfo.AUTHENTICATED)
              ? Decision.ALLOWED
              : new Decision(false, "");

  Decision authorize(UserInfo user, RequestInfo info);

  /**
   * @param why for a refusal, what to add to upstream's text; may be empty
   */
  record Decision(boolean allowed, String why) {
    public static final Decision ALLOWED = new Decision(true, "");
  }
}
