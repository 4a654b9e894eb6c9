package io.jkube.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.cli.command.CommandFailure;
import io.jkube.client.ApiCall;
import io.jkube.client.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server serves, asked once by aggregated discovery, in the server's order. */
public final class Discovery {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final Transport transport;
  private List<ResourceType> types;

  public Discovery(Transport transport) {
    this.transport = transport;
  }

  /** Every resource, every version; the preferred version of a group first. */
  public List<ResourceType> types() {
    if (types == null) {
      types = Stream.of("/api", "/apis").flatMap(this::fetch).toList();
    }
    return types;
  }

  private Stream<ResourceType> fetch(String path) {
    var found = new ArrayList<ResourceType>();
    var list =
        transport.send(new ApiCall("GET", path, Map.of(), AGGREGATED, null, null)).path("items");
    for (var group : list) {
      for (var version : group.path("versions")) {
        for (var resource : version.path("resources")) {
          found.add(
              read(
                  group.path("metadata").path("name").asText(),
                  version.path("version").asText(),
                  resource));
        }
      }
    }
    return found.stream();
  }

  private static ResourceType read(String group, String version, JsonNode resource) {
    return new ResourceType(
        new GroupVersionResource(group, version, resource.path("resource").asText()),
        resource.path("singularResource").asText(),
        resource.path("responseKind").path("kind").asText(),
        resource.path("scope").asText().equals("Namespaced"),
        texts(resource.path("shortNames")),
        texts(resource.path("verbs")),
        texts(resource.path("categories")));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /**
   * The resource meant by {@code pods}, {@code po}, {@code Pod}, {@code deployments.apps} or {@code
   * deployments.v1.apps}.
   *
   * @throws CommandFailure when the server has none
   */
  public ResourceType find(String typed) {
    var lower = typed.toLowerCase(Locale.ROOT);
    return types().stream()
        .filter(type -> matches(type, lower))
        .findFirst()
        .orElseThrow(() -> unknown(lower));
  }

  private static boolean matches(ResourceType type, String typed) {
    if (type.isCalled(typed)) {
      return true;
    }
    int dot = typed.indexOf('.');
    if (dot < 0 || !type.isCalled(typed.substring(0, dot))) {
      return false;
    }
    var rest = typed.substring(dot + 1);
    var resource = type.resource();
    return rest.equals(resource.group())
        || rest.equals(resource.version() + "." + resource.group())
        || resource.group().isEmpty() && rest.equals(resource.version());
  }

  private static CommandFailure unknown(String typed) {
    int dot = typed.indexOf('.');
    return new CommandFailure(
        "the server doesn't have a resource type \""
            + (dot < 0 ? typed : typed.substring(0, dot))
            + "\"");
  }

  /** The resources of a category such as {@code all}; empty when nothing is in it. */
  public List<ResourceType> category(String name) {
    return types().stream().filter(type -> type.categories().contains(name)).toList();
  }

  /** The resource that holds objects of this kind. */
  public Optional<ResourceType> of(GroupVersionKind kind) {
    return types().stream()
        .filter(
            type ->
                type.kind().equals(kind.kind())
                    && type.resource().group().equals(kind.group())
                    && type.resource().version().equals(kind.version()))
        .findFirst();
  }

  /**
   * The resource that a manifest's object belongs to.
   *
   * @throws CommandFailure when the server has none
   */
  public ResourceType of(Manifest manifest) {
    var object = manifest.object();
    var kind =
        GroupVersionKind.of(object.path("apiVersion").asText(), object.path("kind").asText());
    return of(kind).orElseThrow(() -> unmapped(manifest, kind));
  }

  private static CommandFailure unmapped(Manifest manifest, GroupVersionKind kind) {
    return new CommandFailure(
        "resource mapping not found for name: \"%s\" namespace: \"%s\" from \"%s\": no matches for kind \"%s\" in version \"%s\"\nensure CRDs are installed first"
            .formatted(
                manifest.name(),
                manifest.namespace(),
                manifest.source(),
                kind.kind(),
                kind.apiVersion()));
  }
}
