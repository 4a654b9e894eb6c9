package io.jkube.apiserver.authz;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;

/** How a refusal reads, in upstream's words. */
public final class Refusal {
  private Refusal() {}

  public static ApiException of(UserInfo user, RequestInfo info, String why) {
    var text = info.resourceRequest() ? resource(user, info) : path(user, info);
    var tail = why.isEmpty() ? "" : ": " + why;
    if (!info.resourceRequest()) {
      return new ApiException(StatusReason.FORBIDDEN, "forbidden: " + text + tail, Json.object());
    }
    var resource = info.resource();
    var details = Json.object();
    if (!info.name().isEmpty()) {
      details.put("name", info.name());
    }
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    details.put("kind", resource.resource());
    var named = info.name().isEmpty() ? "" : " \"" + info.name() + "\"";
    return new ApiException(
        StatusReason.FORBIDDEN,
        resource.groupResource() + named + " is forbidden: " + text + tail,
        details);
  }

  private static String resource(UserInfo user, RequestInfo info) {
    var resource = info.resource().resource();
    if (!info.subresource().isEmpty()) {
      resource += "/" + info.subresource();
    }
    var where =
        info.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + info.namespace() + "\"";
    return "User \""
        + user.name()
        + "\" cannot "
        + info.verb()
        + " resource \""
        + resource
        + "\" in API group \""
        + info.resource().group()
        + "\" "
        + where;
  }

  private static String path(UserInfo user, RequestInfo info) {
    return "User \"" + user.name() + "\" cannot " + info.verb() + " path \"" + info.path() + "\"";
  }
}
