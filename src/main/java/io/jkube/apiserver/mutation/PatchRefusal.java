package io.jkube.apiserver.mutation;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.registry.Violations;
import java.nio.charset.StandardCharsets;

/** The refusal of a patch whose outcome no object of the kind can be, as upstream words it. */
final class PatchRefusal {
  private static final GroupVersionKind NO_KIND = new GroupVersionKind("", "", "");

  private PatchRefusal() {}

  /** Whether the request is a patch; what is applied is an object and refused like one. */
  static boolean isDue(ApiRequest request) {
    return request.method().equals("PATCH")
        && !request.contentType().startsWith("application/apply");
  }

  /** Names the patch as the field that is wrong. */
  static ApiException of(ApiRequest request, String why) {
    return new Violations().invalid("patch", text(request.body()), why).refusal(NO_KIND, "");
  }

  private static String text(Body body) {
    return switch (body) {
      case Body.None none -> "";
      case Body.Tree tree -> new String(Json.bytes(tree.tree()), StandardCharsets.UTF_8);
      case Body.Encoded encoded -> new String(encoded.bytes(), StandardCharsets.UTF_8);
    };
  }
}
