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
 * @param deletion the {@code DeleteOptions} of a deletion; else null
 * @param rework what the server does to an object that a plugin changed
 */
public record AdmissionRequest(
    Operation operation,
    ResourceCall call,
    String name,
    ObjectNode object,
    ObjectNode current,
    ObjectNode deletion,
    Rework rework) {
  /** What is done with the object. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    /** A stream or a proxied request to it. */
    CONNECT
  }

  /** What the server itself does to an object, done again where a plugin changed it. */
  public interface Rework {
    Rework NONE =
        new Rework() {
          @Override
          public void complete() {}

          @Override
          public void admit() {}
        };

    /** Drops what the kind does not have and fills in its defaults. */
    void complete();

    /** What the kind itself decides by what else is stored. */
    void admit();
  }

  public AdmissionRequest {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(rework, "rework");
  }

  /** A creation or an update. */
  public AdmissionRequest(
      Operation operation,
      ResourceCall call,
      String name,
      ObjectNode object,
      ObjectNode current,
      Rework rework) {
    this(operation, call, name, object, current, null, rework);
  }

  /** A deletion. */
  public static AdmissionRequest deletion(
      ResourceCall call, String name, ObjectNode current, ObjectNode options) {
    return new AdmissionRequest(Operation.DELETE, call, name, null, current, options, Rework.NONE);
  }

  /** {@code pods}, {@code leases.coordination.k8s.io}. */
  public String groupResource() {
    return call.resource().groupResource();
  }

  /** {@code status}, {@code eviction}, ...; empty for the object itself. */
  public String subresource() {
    var subresource = call.info().subresource();
    int slash = subresource.indexOf('/');
    return slash < 0 ? subresource : subresource.substring(0, slash);
  }

  public String namespace() {
    return call.namespace();
  }

  public UserInfo user() {
    return call.user();
  }

  public boolean dryRun() {
    return call.dryRun() || deletion != null && !deletion.path("dryRun").isEmpty();
  }

  /** Puts another tree in the object's place. */
  public void replaceObject(ObjectNode by) {
    if (by != object) {
      object.removeAll();
      object.setAll(by);
    }
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
