package io.jkube.apiserver.authz;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.UserInfo;

/** How a refusal reads, in upstream's words. */
public final class Refusal {
  private Refusal() {}

  public static ApiException of(UserInfo user, Attributes what, String why) {
    var text = what.resourceRequest() ? resource(user, what) : path(user, what);
    var tail = why.isEmpty() ? "" : ": " + why;
    if (!what.resourceRequest()) {
      return new ApiException(StatusReason.FORBIDDEN, "forbidden: " + text + tail, Json.object());
    }
    var details = Json.object();
    if (!what.name().isEmpty()) {
      details.put("name", what.name());
    }
    if (!what.group().isEmpty()) {
      details.put("group", what.group());
    }
    details.put("kind", what.resource());
    var named = what.name().isEmpty() ? "" : " \"" + what.name() + "\"";
    return new ApiException(
        StatusReason.FORBIDDEN,
        groupResource(what) + named + " is forbidden: " + text + tail,
        details);
  }

  private static String resource(UserInfo user, Attributes what) {
    var where =
        what.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + what.namespace() + "\"";
    return "User \""
        + user.name()
        + "\" cannot "
        + what.verb()
        + " resource \""
        + what.combinedResource()
        + "\" in API group \""
        + what.group()
        + "\" "
        + where;
  }

  private static String path(UserInfo user, Attributes what) {
    return "User \"" + user.name() + "\" cannot " + what.verb() + " path \"" + what.path() + "\"";
  }

  private static String groupResource(Attributes what) {
    return what.group().isEmpty() ? what.resource() : what.resource() + "." + what.group();
  }
}
