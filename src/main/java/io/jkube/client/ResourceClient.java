package io.jkube.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One resource through one client, its objects read as {@code T}. Thread-safe.
 *
 * <p>Every method fails with {@link ApiException} as the server answered it. Objects read as trees
 * may be shared with other readers: copy before changing.
 *
 * @param <T> {@code ObjectNode}, a class of the fabric8 model, or a value read from the tree
 */
public final class ResourceClient<T> {
  private final Transport transport;
  private final GroupVersionResource resource;
  private final Codec<T> codec;

  ResourceClient(Transport transport, GroupVersionResource resource, Codec<T> codec) {
    this.transport = transport;
    this.resource = resource;
    this.codec = codec;
  }

  public GroupVersionResource resource() {
    return resource;
  }

  public T get(ObjectKey key) {
    return codec.read().apply(send("GET", ApiPath.object(resource, key), null));
  }

  /** As get, but nothing where get fails with NotFound. */
  public Optional<T> find(ObjectKey key) {
    try {
      return Optional.of(get(key));
    } catch (ApiException failure) {
      if (failure.reason() == StatusReason.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /**
   * @param namespace empty for all, or for a cluster-scoped resource
   */
  public ObjectList<T> list(String namespace, ListOptions options) {
    var call = ApiCall.of("GET", ApiPath.collection(resource, namespace), options.query(), null);
    var list = transport.send(call);
    var items = new ArrayList<T>();
    for (JsonNode item : list.path("items")) {
      items.add(codec.read().apply((ObjectNode) item));
    }
    var metadata = list.path("metadata");
    return new ObjectList<>(
        metadata.path("resourceVersion").asText(), metadata.path("continue").asText(), items);
  }

  /** Creates the object in the namespace its metadata names. */
  public T create(T object) {
    var tree = codec.write().apply(object);
    var namespace = tree.path("metadata").path("namespace").asText();
    return codec.read().apply(send("POST", ApiPath.collection(resource, namespace), tree));
  }

  /** Posts to a subresource of an object: {@code binding}, {@code eviction}, {@code token}. */
  public ObjectNode createSubresource(ObjectKey key, String subresource, ObjectNode body) {
    return send("POST", ApiPath.subresource(resource, key, subresource), body);
  }

  /** Fails with Conflict when the object's resourceVersion is not the newest. */
  public T update(T object) {
    var tree = codec.write().apply(object);
    return codec.read().apply(send("PUT", ApiPath.object(resource, Json.key(tree)), tree));
  }

  public T updateStatus(T object) {
    return updateSubresource("status", object);
  }

  /** Puts to a subresource that takes the whole object: {@code status}, {@code finalize}. */
  public T updateSubresource(String subresource, T object) {
    var tree = codec.write().apply(object);
    var path = ApiPath.subresource(resource, Json.key(tree), subresource);
    return codec.read().apply(send("PUT", path, tree));
  }

  public T patch(ObjectKey key, Patch patch) {
    return patchAt(ApiPath.object(resource, key), patch);
  }

  public T patchSubresource(ObjectKey key, String subresource, Patch patch) {
    return patchAt(ApiPath.subresource(resource, key, subresource), patch);
  }

  public T patchStatus(ObjectKey key, Patch patch) {
    return patchSubresource(key, "status", patch);
  }

  /** Answers the object as it was left (graceful deletion, finalizers) or a Status of success. */
  public ObjectNode delete(ObjectKey key, DeleteOptions options) {
    return send("DELETE", ApiPath.object(resource, key), options.body());
  }

  public void delete(ObjectKey key) {
    delete(key, DeleteOptions.DEFAULT);
  }

  public ObjectNode deleteCollection(
      String namespace, ListOptions selection, DeleteOptions options) {
    return transport.send(
        ApiCall.of(
            "DELETE", ApiPath.collection(resource, namespace), selection.query(), options.body()));
  }

  /** Watches the changes after {@code options.resourceVersion()}; bookmarks come along. */
  public Transport.WatchStream watch(String namespace, ListOptions options) {
    return watch(namespace, options, 0);
  }

  /**
   * @param timeoutSeconds after which the server ends the watch; 0 leaves it to the server
   */
  public Transport.WatchStream watch(String namespace, ListOptions options, int timeoutSeconds) {
    var query = options.query();
    query.put("allowWatchBookmarks", List.of("true"));
    if (timeoutSeconds > 0) {
      query.put("timeoutSeconds", List.of(Integer.toString(timeoutSeconds)));
    }
    return transport.watch(ApiCall.of("GET", ApiPath.collection(resource, namespace), query, null));
  }

  /** What {@code T} an object's tree, as a watch delivers it, stands for. */
  public T read(ObjectNode tree) {
    return codec.read().apply(tree);
  }

  private T patchAt(String path, Patch patch) {
    var call =
        new ApiCall("PATCH", path, Map.of(), ApiCall.JSON, patch.contentType(), patch.body());
    return codec.read().apply(transport.send(call));
  }

  private ObjectNode send(String method, String path, ObjectNode body) {
    return transport.send(ApiCall.of(method, path, Map.of(), body));
  }
}
