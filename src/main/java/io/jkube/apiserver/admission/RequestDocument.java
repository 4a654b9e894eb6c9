package io.jkube.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.apiserver.request.UserInfo;

/** An {@code AdmissionRequest} of admission.k8s.io/v1, as webhooks and expressions read it. */
public final class RequestDocument {
  private RequestDocument() {}

  public static ObjectNode of(String uid, RequestView view) {
    var request = view.request();
    var own = request.call().definition();
    var subresource = request.subresource();
    var document = Json.object().put("uid", uid);
    document.set("kind", kind(view.kind()));
    document.set("resource", resource(view.seenAs().resource()));
    put(document, "subResource", subresource);
    document.set("requestKind", kind(subresource.isEmpty() ? own.kind() : view.kind()));
    document.set("requestResource", resource(own.resource()));
    put(document, "requestSubResource", subresource);
    put(document, "name", request.name());
    put(document, "namespace", namespace(request));
    document.put("operation", request.operation().name());
    document.set("userInfo", user(request.user()));
    document.set("object", view.object());
    document.set("oldObject", view.current());
    document.put("dryRun", request.dryRun());
    document.set("options", OperationOptions.of(request));
    return document;
  }

  /** A namespace counts as its own. */
  private static String namespace(AdmissionRequest request) {
    return request.call().resource().equals(Resources.NAMESPACES)
        ? request.name()
        : request.namespace();
  }

  private static ObjectNode kind(GroupVersionKind kind) {
    return Json.object()
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
  }

  private static ObjectNode resource(GroupVersionResource resource) {
    return Json.object()
        .put("group", resource.group())
        .put("version", resource.version())
        .put("resource", resource.resource());
  }

  private static ObjectNode user(UserInfo user) {
    var fields = Json.object();
    put(fields, "username", user.name());
    put(fields, "uid", user.uid());
    if (!user.groups().isEmpty()) {
      user.groups().forEach(fields.putArray("groups")::add);
    }
    if (!user.extra().isEmpty()) {
      var extra = fields.putObject("extra");
      user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
    }
    return fields;
  }

  private static void put(ObjectNode document, String name, String value) {
    if (!value.isEmpty()) {
      document.put(name, value);
    }
  }
}
