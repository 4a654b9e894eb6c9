package io.jkube.controller.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;

/** The {@code scale} of objects of any kind, by the references that others hold to them. */
public record Scales(ApiClient client) {
  /**
   * @param reference with {@code apiVersion}, {@code kind}, {@code name}
   * @return the Scale as it is now
   * @throws ApiException NotFound where there is no such kind or object, or it has no scale
   */
  public ObjectNode get(String namespace, JsonNode reference) {
    var resource = resource(reference);
    var name = reference.path("name").asText();
    var api = resource.group().isEmpty() ? "/api/" : "/apis/" + resource.group() + "/";
    var object =
        api
            + resource.version()
            + "/namespaces/"
            + namespace
            + "/"
            + resource.resource()
            + "/"
            + name;
    try {
      return client.getPath(object + "/scale");
    } catch (ApiException none) {
      if (none.reason() == StatusReason.NOT_FOUND && none.status().path("details").isEmpty()) {
        throw new ApiException(
            none.reason(), resource.resource() + " does not implement the scale subresource");
      }
      throw none;
    }
  }

  /** Changes how many replicas are wanted. */
  public void set(String namespace, JsonNode reference, int replicas) {
    var scale = get(namespace, reference);
    client.resource(resource(reference)).updateSubresource("scale", wanting(scale, replicas));
  }

  private static ObjectNode wanting(ObjectNode scale, int replicas) {
    var next = scale.deepCopy();
    next.withObject("spec").put("replicas", replicas);
    return next;
  }

  /** The resource is found among those of the reference's group. */
  private GroupVersionResource resource(JsonNode reference) {
    var apiVersion = reference.path("apiVersion").asText();
    var kind = reference.path("kind").asText();
    int slash = apiVersion.indexOf('/');
    var path = (slash < 0 ? "/api/" : "/apis/") + apiVersion;
    for (var served : client.getPath(path).path("resources")) {
      var name = served.path("name").asText();
      if (served.path("kind").asText().equals(kind) && !name.contains("/")) {
        return new GroupVersionResource(
            slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), name);
      }
    }
    throw new ApiException(StatusReason.NOT_FOUND, "no kind " + kind + " in " + apiVersion);
  }
}
