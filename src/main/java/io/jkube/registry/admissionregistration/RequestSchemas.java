package io.jkube.registry.admissionregistration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.structural.Structural;

/**
 * What the variables {@code request} and {@code namespaceObject} of expressions are made of: so
 * many fields of an {@code AdmissionRequest} of admission.k8s.io/v1 and of a Namespace as upstream
 * lets expressions see.
 */
final class RequestSchemas {
  static final Structural REQUEST = Structural.read(request());
  static final Structural NAMESPACE = Structural.read(namespace());

  private RequestSchemas() {}

  private static ObjectNode request() {
    var kind = texts("group", "version", "kind");
    var resource = texts("group", "version", "resource");
    var user = texts("username", "uid");
    user.withObject("/properties")
        .<ObjectNode>set("groups", list(type("string")))
        .set("extra", map(list(type("string"))));
    var request = texts("subResource", "requestSubResource", "name", "namespace", "operation");
    request
        .withObject("/properties")
        .<ObjectNode>set("kind", kind)
        .<ObjectNode>set("resource", resource)
        .<ObjectNode>set("requestKind", kind)
        .<ObjectNode>set("requestResource", resource)
        .<ObjectNode>set("userInfo", user)
        .<ObjectNode>set("dryRun", type("boolean"))
        .set("options", type("object").put("x-kubernetes-preserve-unknown-fields", true));
    return request;
  }

  private static ObjectNode namespace() {
    var metadata = texts("name", "generateName", "namespace", "UID", "resourceVersion");
    metadata
        .withObject("/properties")
        .<ObjectNode>set("labels", map(type("string")))
        .<ObjectNode>set("annotations", map(type("string")))
        .<ObjectNode>set("creationTimestamp", time())
        .<ObjectNode>set("deletionTimestamp", time())
        .<ObjectNode>set("deletionGracePeriodSeconds", type("integer"))
        .<ObjectNode>set("generation", type("integer"))
        .set("finalizers", list(type("string")));
    var spec = texts();
    spec.withObject("/properties").set("finalizers", list(type("string")));
    var condition = texts("status", "type", "message", "reason");
    condition.withObject("/properties").set("lastTransitionTime", time());
    var status = texts("phase");
    status.withObject("/properties").set("conditions", list(condition));
    var namespace = texts();
    namespace
        .withObject("/properties")
        .<ObjectNode>set("metadata", metadata)
        .<ObjectNode>set("spec", spec)
        .set("status", status);
    return namespace;
  }

  /** An object with these fields, each a string. */
  private static ObjectNode texts(String... fields) {
    var schema = type("object");
    var properties = schema.putObject("properties");
    for (var field : fields) {
      properties.set(field, type("string"));
    }
    return schema;
  }

  private static ObjectNode type(String name) {
    return Json.object().put("type", name);
  }

  private static ObjectNode time() {
    return type("string").put("format", "date-time");
  }

  private static ObjectNode list(ObjectNode items) {
    return type("array").set("items", items);
  }

  private static ObjectNode map(ObjectNode values) {
    return type("object").set("additionalProperties", values);
  }
}
