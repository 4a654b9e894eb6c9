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
import java.util.Optional;
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
  private final List<OtherVersion> others;
  private volatile Reply core;
  private volatile Reply groups;

  AggregatedDiscovery(
      Map<String, Set<String>> versionsByGroup,
      Map<String, List<ResourceDefinition>> byGroupVersion,
      List<OtherVersion> others) {
    this.versionsByGroup = versionsByGroup;
    this.byGroupVersion = byGroupVersion;
    this.others = others;
  }

  Reply reply(boolean wantsCore) {
    if (core == null) {
      groups = document(false);
      core = document(true);
    }
    return wantsCore ? core : groups;
  }

  private Reply document(boolean wantsCore) {
    var document =
        Json.object()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/v2");
    document.putObject("metadata");
    var items = document.putArray("items");
    versionsByGroup.forEach(
        (group, versions) -> {
          if (group.isEmpty() == wantsCore) {
            describe(items.addObject(), group, versions);
          }
        });
    var bytes = Json.bytes(document);
    return new Reply.Text(200, CONTENT_TYPE, bytes, Etag.of(bytes));
  }

  private void describe(ObjectNode item, String group, Set<String> versions) {
    var metadata = item.putObject("metadata");
    if (!group.isEmpty()) {
      metadata.put("name", group);
    }
    metadata.putNull("creationTimestamp");
    var list = item.putArray("versions");
    for (var version : versions) {
      var entry = list.addObject().put("version", version);
      var resources = entry.putArray("resources");
      var other = other(group, version);
      if (other.isPresent()) {
        OtherResources.write(other.get(), resources);
      } else {
        var apiVersion = group.isEmpty() ? version : group + "/" + version;
        byGroupVersion.get(apiVersion).forEach(definition -> describe(resources, definition));
      }
      entry.put("freshness", other.isEmpty() || other.get().current() ? "Current" : "Stale");
    }
  }

  private Optional<OtherVersion> other(String group, String version) {
    return others.stream()
        .filter(other -> other.group().equals(group) && other.version().equals(version))
        .findFirst();
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
