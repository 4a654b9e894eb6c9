package io.jkube.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.UserInfo;
import java.util.Objects;

/**
 * A write before it takes place.
 *
 * @param name of the object; also where the path does not name it
 * @param object as it is to be, to change; a subresource's body where that has one of its own; null
 *     for a deletion
 * @param current as it is; null for a creation
 */
public record AdmissionRequest(
    Operation operation, ResourceCall call, String name, ObjectNode object, ObjectNode current) {
  /** What is done with the object. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE
  }

  public AdmissionRequest {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(name, "name");
  }

  /** {@code pods}, {@code leases.coordination.k8s.io}. */
  public String groupResource() {
    return call.resource().groupResource();
  }

  /** {@code status}, {@code eviction}, ...; empty for the object itself. */
  public String subresource() {
    return call.info().subresource();
  }

  public String namespace() {
    return call.namespace();
  }

  public UserInfo user() {
    return call.user();
  }

  /** Upstream's refusal: {@code pods "web" is forbidden: ...}. */
  public ApiException forbidden(String why) {
    var details = Json.object().put("name", name);
    if (!call.resource().group().isEmpty()) {
      details.put("group", call.resource().group());
    }
    details.put("kind", call.resource().resource());
    return new ApiException(
        StatusReason.FORBIDDEN,
        groupResource() + " \"" + name + "\" is forbidden: " + why,
        details);
  }
}
