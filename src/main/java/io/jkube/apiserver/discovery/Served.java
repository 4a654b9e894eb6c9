package io.jkube.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.negotiate.MediaType;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.registry.ResourceDefinition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The discovery documents of one state of the catalog and of other servers.
 *
 * @param definitions that state: the catalog's own list
 */
record Served(
    List<ResourceDefinition> definitions,
    List<OtherVersion> others,
    Map<String, Set<String>> versionsByGroup,
    Map<String, List<ResourceDefinition>> byGroupVersion,
    AggregatedDiscovery aggregated) {
  static Served of(List<ResourceDefinition> definitions, List<OtherVersion> others) {
    var versionsByGroup = new LinkedHashMap<String, Set<String>>();
    var byGroupVersion = new LinkedHashMap<String, List<ResourceDefinition>>();
    for (var definition : definitions) {
      var resource = definition.resource();
      versionsByGroup
          .computeIfAbsent(resource.group(), group -> new LinkedHashSet<>())
          .add(resource.version());
      byGroupVersion
          .computeIfAbsent(resource.apiVersion(), any -> new java.util.ArrayList<>())
          .add(definition);
    }
    var ordered = others.isEmpty() ? versionsByGroup : GroupOrder.merged(versionsByGroup, others);
    var aggregated = new AggregatedDiscovery(ordered, byGroupVersion, others);
    return new Served(definitions, others, ordered, byGroupVersion, aggregated);
  }

  /** The document of a path below {@code /api} or {@code /apis}, if there is one. */
  Optional<Reply> answer(ApiRequest request) {
    var parts = Arrays.stream(request.path().split("/")).filter(part -> !part.isEmpty()).toList();
    if (parts.isEmpty() || parts.size() > 3) {
      return Optional.empty();
    }
    if (parts.size() == 1 && wantsAggregated(request)) {
      return Optional.of(aggregated.reply(parts.getFirst().equals("api")));
    }
    var document =
        switch (parts.getFirst()) {
          case "api" ->
              switch (parts.size()) {
                case 1 -> Optional.of(coreVersions());
                case 2 -> resources(parts.get(1));
                default -> Optional.<ObjectNode>empty();
              };
          case "apis" ->
              switch (parts.size()) {
                case 1 -> Optional.of(groups());
                case 2 -> group(parts.get(1));
                default -> resources(parts.get(1) + "/" + parts.get(2));
              };
          default -> Optional.<ObjectNode>empty();
        };
    return document.map(Reply::ok);
  }

  /** The paths for the index at {@code /}. */
  List<String> paths() {
    var paths = new java.util.ArrayList<String>(List.of("/api"));
    for (var apiVersion : byGroupVersion.keySet()) {
      paths.add((apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion);
    }
    others.forEach(other -> paths.add("/apis/" + other.group() + "/" + other.version()));
    paths.add("/apis");
    for (var group : versionsByGroup.keySet()) {
      if (!group.isEmpty()) {
        paths.add("/apis/" + group);
      }
    }
    return paths;
  }

  private static boolean wantsAggregated(ApiRequest request) {
    for (var clause : MediaType.accepted(request.accept())) {
      if (clause.takesJson()) {
        return clause.parameter("g").equals("apidiscovery.k8s.io")
            && clause.parameter("v").equals("v2")
            && clause.parameter("as").equals("APIGroupDiscoveryList");
      }
    }
    return false;
  }

  private ObjectNode coreVersions() {
    var document = Json.object().put("kind", "APIVersions");
    versionsByGroup.getOrDefault("", Set.of()).forEach(document.putArray("versions")::add);
    document
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", "");
    return document;
  }

  private ObjectNode groups() {
    var document = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = document.putArray("groups");
    for (var group : versionsByGroup.keySet()) {
      if (!group.isEmpty()) {
        describe(groups.addObject(), group);
      }
    }
    return document;
  }

  private Optional<ObjectNode> group(String name) {
    if (name.isEmpty() || !versionsByGroup.containsKey(name)) {
      return Optional.empty();
    }
    var document = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
    describe(document, name);
    return Optional.of(document);
  }

  private void describe(ObjectNode document, String group) {
    document.put("name", group);
    ArrayNode versions = document.putArray("versions");
    for (var version : versionsByGroup.get(group)) {
      versions.addObject().put("groupVersion", group + "/" + version).put("version", version);
    }
    document.set("preferredVersion", versions.get(0).deepCopy());
  }

  private Optional<ObjectNode> resources(String apiVersion) {
    var definitions = byGroupVersion.get(apiVersion);
    if (definitions == null) {
      return others.stream()
          .filter(other -> apiVersion.equals(other.group() + "/" + other.version()))
          .map(OtherVersion::resources)
          .filter(Objects::nonNull)
          .findFirst();
    }
    var document =
        Json.object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", apiVersion);
    var resources = document.putArray("resources");
    for (var definition : definitions) {
      describe(resources.addObject(), definition);
      for (var subresource : Subresource.of(definition)) {
        describe(resources.addObject(), definition, subresource);
      }
    }
    return Optional.of(document);
  }

  private static void describe(ObjectNode entry, ResourceDefinition definition) {
    entry
        .put("name", definition.resource().resource())
        .put("singularName", definition.singular())
        .put("namespaced", definition.namespaced())
        .put("kind", definition.kind().kind());
    var verbs = entry.putArray("verbs");
    definition.verbs().stream().sorted().forEach(verb -> verbs.add(verb.text()));
    addAll(entry, "shortNames", definition.shortNames());
    addAll(entry, "categories", definition.categories());
  }

  private static void describe(
      ObjectNode entry, ResourceDefinition definition, Subresource subresource) {
    entry
        .put("name", definition.resource().resource() + "/" + subresource.name())
        .put("singularName", "")
        .put("namespaced", definition.namespaced());
    var kind = subresource.kind();
    if (!kind.apiVersion().equals(definition.kind().apiVersion())) {
      entry.put("group", kind.group()).put("version", kind.version());
    }
    entry.put("kind", kind.kind());
    subresource.verbs().forEach(entry.putArray("verbs")::add);
  }

  static void addAll(ObjectNode entry, String field, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(entry.putArray(field)::add);
    }
  }
}
