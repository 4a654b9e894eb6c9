package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The API under one identity: verbs on trees, and {@link #typed} for a typed model. Thread-safe;
 * costs nothing to make.
 *
 * <p>Every method fails with {@link io.jkube.api.ApiException} as the server answered it. Trees it
 * answers may be shared with other readers: copy before changing.
 */
public final class ApiClient {
  private final Transport transport;

  public ApiClient(Transport transport) {
    this.transport = Objects.requireNonNull(transport, "transport");
  }

  public Transport transport() {
    return transport;
  }

  /** One resource, its objects as trees. */
  public ResourceClient<ObjectNode> resource(GroupVersionResource resource) {
    return new ResourceClient<>(transport, resource, Codec.TREE);
  }

  /** One resource, its objects as a class of the fabric8 model. */
  public <T> ResourceClient<T> typed(GroupVersionResource resource, Class<T> type) {
    return new ResourceClient<>(transport, resource, Codec.typed(type));
  }

  /** One resource, its objects read and written as the codec says. */
  public <T> ResourceClient<T> resource(GroupVersionResource resource, Codec<T> codec) {
    return new ResourceClient<>(transport, resource, codec);
  }

  public ObjectNode get(GroupVersionResource resource, ObjectKey key) {
    return resource(resource).get(key);
  }

  public Optional<ObjectNode> find(GroupVersionResource resource, ObjectKey key) {
    return resource(resource).find(key);
  }

  public ObjectList<ObjectNode> list(
      GroupVersionResource resource, String namespace, ListOptions options) {
    return resource(resource).list(namespace, options);
  }

  public ObjectNode create(GroupVersionResource resource, ObjectNode object) {
    return resource(resource).create(object);
  }

  /** Posts to a subresource of an object: {@code binding}, {@code eviction}, {@code token}. */
  public ObjectNode create(
      GroupVersionResource resource, ObjectKey key, String subresource, ObjectNode body) {
    return resource(resource).createSubresource(key, subresource, body);
  }

  public ObjectNode update(GroupVersionResource resource, ObjectNode object) {
    return resource(resource).update(object);
  }

  public ObjectNode updateStatus(GroupVersionResource resource, ObjectNode object) {
    return resource(resource).updateStatus(object);
  }

  public ObjectNode patch(GroupVersionResource resource, ObjectKey key, Patch patch) {
    return resource(resource).patch(key, patch);
  }

  /**
   * @param subresource such as {@code status}
   */
  public ObjectNode patch(
      GroupVersionResource resource, ObjectKey key, String subresource, Patch patch) {
    return resource(resource).patchSubresource(key, subresource, patch);
  }

  public ObjectNode delete(GroupVersionResource resource, ObjectKey key, DeleteOptions options) {
    return resource(resource).delete(key, options);
  }

  public ObjectNode deleteCollection(
      GroupVersionResource resource,
      String namespace,
      ListOptions selection,
      DeleteOptions options) {
    return resource(resource).deleteCollection(namespace, selection, options);
  }

  public Transport.WatchStream watch(
      GroupVersionResource resource, String namespace, ListOptions options) {
    return resource(resource).watch(namespace, options);
  }

  /** GET of any path, such as {@code /api}, {@code /version}. */
  public ObjectNode getPath(String path) {
    return transport.send(ApiCall.of("GET", path, Map.<String, List<String>>of(), null));
  }
}
