package io.jkube.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The verbs of the API on a {@link Target}, as trees. */
public final class ResourceApi {
  /** Asks for a Table: what the server thinks a person wants to see. */
  public static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

  private static final int CHUNK = 500;

  private final Transport transport;

  public ResourceApi(Transport transport) {
    this.transport = transport;
  }

  public ObjectNode get(Target target, String namespace) {
    return get(target, namespace, Map.of(), ApiCall.JSON);
  }

  /** The object, or the collection when the target has no name. */
  public ObjectNode get(Target target, String namespace, Map<String, String> query, String accept) {
    return transport.send(call("GET", path(target, namespace), query, accept, null));
  }

  /** The object's subresource; the object itself where that is empty. */
  public ObjectNode get(
      Target target,
      String namespace,
      String subresource,
      Map<String, String> query,
      String accept) {
    var path = path(target, namespace) + (subresource.isEmpty() ? "" : "/" + subresource);
    return transport.send(call("GET", path, query, accept, null));
  }

  /**
   * The collection, a page after the other.
   *
   * @param chunk how many objects a page holds; 0 for all on one; what the server thinks of
   *     negative ones it says itself
   */
  public void pages(
      Target target,
      String namespace,
      Map<String, String> query,
      String accept,
      int chunk,
      Consumer<ObjectNode> pages) {
    var paged = new LinkedHashMap<>(query);
    if (chunk != 0) {
      paged.put("limit", Integer.toString(chunk));
    }
    var page = page(target, namespace, paged, accept);
    pages.accept(page);
    while (!next(page).isEmpty()) {
      paged.put("continue", next(page));
      page = page(target, namespace, paged, accept);
      pages.accept(page);
    }
  }

  /** All objects of a collection. */
  public List<ObjectNode> list(Target target, String namespace, Map<String, String> query) {
    var all = new ArrayList<ObjectNode>();
    pages(
        target,
        namespace,
        query,
        ApiCall.JSON,
        CHUNK,
        page -> page.path("items").forEach(item -> all.add((ObjectNode) item)));
    return all;
  }

  /** A refusal says what was looked for: the flag at fault may be one of many. */
  private ObjectNode page(
      Target target, String namespace, Map<String, String> query, String accept) {
    try {
      return get(target, namespace, query, accept);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.BAD_REQUEST && !Awaiting.isNotFound(refused)) {
        throw refused;
      }
      throw refused.withMessage(soughtFor(target, query) + ": " + refused.getMessage());
    }
  }

  private static String soughtFor(Target target, Map<String, String> query) {
    var resource = target.type().resource();
    var shown =
        "\"%s/%s, Resource=%s\""
            .formatted(resource.group(), resource.version(), resource.resource());
    var labels = query.getOrDefault("labelSelector", "");
    var fields = query.getOrDefault("fieldSelector", "");
    return labels.isEmpty() && fields.isEmpty()
        ? "Unable to list " + shown
        : "Unable to find %s that match label selector \"%s\", field selector \"%s\""
            .formatted(shown, labels, fields);
  }

  private static String next(ObjectNode list) {
    return list.path("metadata").path("continue").asText();
  }

  public ObjectNode create(
      ResourceType type, String namespace, ObjectNode object, Map<String, String> query) {
    return transport.send(call("POST", type.path(namespace), query, ApiCall.JSON, object));
  }

  public ObjectNode delete(Target target, String namespace, ObjectNode options) {
    return transport.send(call("DELETE", path(target, namespace), Map.of(), ApiCall.JSON, options));
  }

  public Transport.WatchStream watch(
      Target target, String namespace, Map<String, String> query, String accept) {
    return transport.watch(call("GET", target.type().path(namespace), query, accept, null));
  }

  private static String path(Target target, String namespace) {
    var collection = target.type().path(namespace);
    return target.isCollection()
        ? collection
        : collection + "/" + PathSegment.escape(target.name());
  }

  private static ApiCall call(
      String method, String path, Map<String, String> query, String accept, JsonNode body) {
    var lists = new LinkedHashMap<String, List<String>>();
    query.forEach((name, value) -> lists.put(name, List.of(value)));
    return new ApiCall(method, path, lists, accept, body == null ? null : ApiCall.JSON, body);
  }
}
