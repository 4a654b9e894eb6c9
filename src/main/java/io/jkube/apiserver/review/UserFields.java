package io.jkube.apiserver.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.UserInfo;

/** A user as {@code userInfo} of a review. */
final class UserFields {
  private UserFields() {}

  static ObjectNode of(UserInfo user) {
    var fields = Json.object().put("username", user.name());
    if (!user.uid().isEmpty()) {
      fields.put("uid", user.uid());
    }
    var groups = fields.putArray("groups");
    user.groups().forEach(groups::add);
    if (!user.extra().isEmpty()) {
      var extra = fields.putObject("extra");
      user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
    }
    return fields;
  }
}
