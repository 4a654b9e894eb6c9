package io.jkube.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.apiserver.request.Etag;
import io.jkube.apiserver.request.Reply;
import io.jkube.registry.ResourceDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything in two documents ({@code apidiscovery.k8s.io/v2}): made when first asked for, cached
 * by clients.
 */
final class AggregatedDiscovery {
  private static final String CONTENT_TYPE =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final Map<String, Set<String>> versionsByGroup;
  private final Map<String, List<ResourceDefinition>> byGroupVersion;
  private volatile Reply core;
  private volatile Reply groups;

  AggregatedDiscovery(
      Map<String, Set<String>> versionsByGroup,
      Map<String, List<ResourceDefinition>> byGroupVersion) {
    this.versionsByGroup = versionsByGroup;
    this.byGroupVersion = byGroupVersion;
  }

  Reply reply(boolean wantsCore) {
    if (core == null) {
      groups = document(versionsByGroup, byGroupVersion, false);
      core = document(versionsByGroup, byGroupVersion, true);
    }
    return wantsCore ? core : groups;
  }

  private static Reply document(
      Map<String, Set<String>> versionsByGroup,
      Map<String, List<ResourceDefinition>> byGroupVersion,
      boolean wantsCore) {
    var document =
        Json.object()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/v2");
    document.putObject("metadata");
    var items = document.putArray("items");
    versionsByGroup.forEach(
        (group, versions) -> {
          if (group.isEmpty() == wantsCore) {
            describe(items.addObject(), group, versions, byGroupVersion);
          }
        });
    var bytes = Json.bytes(document);
    return new Reply.Text(200, CONTENT_TYPE, bytes, Etag.of(bytes));
  }

  private static void describe(
      ObjectNode item,
      String group,
      Set<String> versions,
      Map<String, List<ResourceDefinition>> byGroupVersion) {
    var metadata = item.putObject("metadata");
    if (!group.isEmpty()) {
      metadata.put("name", group);
    }
    metadata.putNull("creationTimestamp");
    var list = item.putArray("versions");
    for (var version : versions) {
      var entry = list.addObject().put("version", version);
      var resources = entry.putArray("resources");
      var apiVersion = group.isEmpty() ? version : group + "/" + version;
      byGroupVersion.get(apiVersion).forEach(definition -> describe(resources, definition));
      entry.put("freshness", "Current");
    }
  }

  private static void describe(ArrayNode resources, ResourceDefinition definition) {
    var entry = resources.addObject().put("resource", definition.resource().resource());
    entry.set("responseKind", kind(definition.kind()));
    entry
        .put("scope", definition.namespaced() ? "Namespaced" : "Cluster")
        .put("singularResource", definition.singular());
    var verbs = entry.putArray("verbs");
    definition.verbs().stream().sorted().forEach(verb -> verbs.add(verb.text()));
    Served.addAll(entry, "shortNames", definition.shortNames());
    Served.addAll(entry, "categories", definition.categories());
    var all = Subresource.of(definition);
    if (!all.isEmpty()) {
      var subresources = entry.putArray("subresources");
      for (var subresource : all) {
        var below = subresources.addObject().put("subresource", subresource.name());
        below.set("responseKind", kind(subresource.kind()));
        subresource.verbs().forEach(below.putArray("verbs")::add);
      }
    }
  }

  private static ObjectNode kind(GroupVersionKind kind) {
    return Json.object()
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
  }
}
