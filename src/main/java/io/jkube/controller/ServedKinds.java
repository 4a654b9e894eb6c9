package io.jkube.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.StatusReason;
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

  /** A group version whose server did not answer. */
  record Silent(String groupVersion, String why) {
    /** In words for a person. */
    @Override
    public String toString() {
      return groupVersion + ": " + why;
    }
  }

  /** What a look found. */
  record Found(List<Served> kinds, List<Silent> silent) {
    /** Whether nobody said if there is such a resource. */
    boolean isSilent(GroupVersionResource resource) {
      var groupVersion = resource.group() + "/" + resource.version();
      return silent.stream().anyMatch(each -> each.groupVersion.equals(groupVersion));
    }
  }

  /** Kinds whose objects can be listed and deleted, of the servers that answer. */
  List<Served> deletable() {
    return find().kinds();
  }

  /** The same, and which servers did not answer. */
  Found find() {
    var found = new Found(new ArrayList<>(), new ArrayList<>());
    collect("", "v1", client.getPath("/api/v1"), found.kinds());
    for (var group : client.getPath("/apis").path("groups")) {
      var groupVersion = group.at("/preferredVersion/groupVersion").asText();
      try {
        collect(
            group.path("name").asText(),
            group.at("/preferredVersion/version").asText(),
            client.getPath("/apis/" + groupVersion),
            found.kinds());
      } catch (ApiException silent) {
        if (silent.reason() != StatusReason.SERVICE_UNAVAILABLE) {
          throw silent;
        }
        found.silent().add(new Silent(groupVersion, silent.getMessage()));
      }
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
