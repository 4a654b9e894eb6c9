package io.jkube.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.client.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The kinds a server says it serves, each group in its preferred version. */
final class ServedKinds {
  private final ApiClient client;

  ServedKinds(ApiClient client) {
    this.client = client;
  }

  /** A kind and where its objects live. */
  record Served(GroupVersionResource resource, String kind, boolean namespaced) {}

  /** Kinds whose objects can be listed and deleted. */
  List<Served> deletable() {
    var found = new ArrayList<Served>();
    collect("", "v1", client.getPath("/api/v1"), found);
    for (var group : client.getPath("/apis").path("groups")) {
      var groupVersion = group.at("/preferredVersion/groupVersion").asText();
      collect(
          group.path("name").asText(),
          group.at("/preferredVersion/version").asText(),
          client.getPath("/apis/" + groupVersion),
          found);
    }
    return found;
  }

  private static void collect(
      String group, String version, ObjectNode resources, List<Served> found) {
    for (var resource : resources.path("resources")) {
      var name = resource.path("name").asText();
      if (name.indexOf('/') < 0 && verbs(resource).containsAll(Set.of("list", "delete"))) {
        found.add(
            new Served(
                new GroupVersionResource(group, version, name),
                resource.path("kind").asText(),
                resource.path("namespaced").asBoolean()));
      }
    }
  }

  private static List<String> verbs(JsonNode resource) {
    var verbs = new ArrayList<String>();
    resource.path("verbs").forEach(verb -> verbs.add(verb.asText()));
    return verbs;
  }
}
