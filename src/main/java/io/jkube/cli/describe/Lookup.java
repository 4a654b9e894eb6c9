package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What else a page needs to know of the cluster. Nothing where the server does not serve it. */
record Lookup(Transport transport) {
  static final GroupVersionResource EVENTS = new GroupVersionResource("", "v1", "events");

  Optional<JsonNode> object(GroupVersionResource resource, String namespace, String name) {
    return get(resource.path(namespace) + "/" + name, Map.of());
  }

  /**
   * The objects of a collection; empty when the server does not serve it.
   *
   * @param namespace empty for all
   */
  Optional<List<JsonNode>> list(
      GroupVersionResource resource, String namespace, String selector, String value) {
    Map<String, List<String>> query =
        selector.isEmpty() ? Map.of() : Map.of(selector, List.of(value));
    return get(resource.path(namespace), query)
        .map(list -> list.path("items").valueStream().toList());
  }

  private Optional<JsonNode> get(String path, Map<String, List<String>> query) {
    try {
      return Optional.of(transport.send(ApiCall.of("GET", path, query, null)));
    } catch (ApiException refused) {
      if (refused.reason() == StatusReason.NOT_FOUND
          || refused.reason() == StatusReason.FORBIDDEN) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** The events about an object; those about a node name it instead of its uid. */
  List<JsonNode> events(JsonNode object) {
    var metadata = object.path("metadata");
    var name = metadata.path("name").asText();
    var uid = metadata.path("uid").asText();
    return list(
            EVENTS,
            metadata.path("namespace").asText(),
            "fieldSelector",
            "involvedObject.name=" + name)
        .orElse(List.of())
        .stream()
        .filter(
            event -> {
              var about = event.path("involvedObject");
              var aboutUid = about.path("uid").asText();
              return about.path("kind").asText().equals(object.path("kind").asText())
                  && (aboutUid.isEmpty() || aboutUid.equals(uid) || aboutUid.equals(name));
            })
        .toList();
  }
}
