package io.jkube.apiserver.authz.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.registry.Tree;
import java.util.List;

/** One rule of a role: verbs on resources of groups, perhaps of some names only; or on paths. */
public record Rule(
    List<String> verbs,
    List<String> groups,
    List<String> resources,
    List<String> names,
    List<String> paths) {
  public static final String ALL = "*";

  public Rule {
    verbs = List.copyOf(verbs);
    groups = List.copyOf(groups);
    resources = List.copyOf(resources);
    names = List.copyOf(names);
    paths = List.copyOf(paths);
  }

  static Rule of(JsonNode rule) {
    return new Rule(
        Tree.texts(rule, "/verbs"),
        Tree.texts(rule, "/apiGroups"),
        Tree.texts(rule, "/resources"),
        Tree.texts(rule, "/resourceNames"),
        Tree.texts(rule, "/nonResourceURLs"));
  }

  /** All rules of a role. */
  public static List<Rule> allOf(ObjectNode role) {
    return Tree.objects(role, "/rules").stream().map(Rule::of).toList();
  }

  /** As it stands in a role. */
  public ObjectNode tree() {
    var tree = Json.object();
    put(tree, "verbs", verbs);
    put(tree, "apiGroups", groups);
    put(tree, "resources", resources);
    put(tree, "resourceNames", names);
    put(tree, "nonResourceURLs", paths);
    return tree;
  }

  private static void put(ObjectNode tree, String field, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(tree.putArray(field)::add);
    }
  }

  public boolean allows(Attributes what) {
    if (!has(verbs, what.verb())) {
      return false;
    }
    return what.resourceRequest()
        ? has(groups, what.group()) && resourceMatches(what) && nameMatches(what.name())
        : pathMatches(what.path());
  }

  private boolean resourceMatches(Attributes what) {
    for (var resource : resources) {
      if (resource.equals(ALL)
          || resource.equals(what.combinedResource())
          || !what.subresource().isEmpty() && resource.equals(ALL + "/" + what.subresource())) {
        return true;
      }
    }
    return false;
  }

  private boolean nameMatches(String name) {
    return names.isEmpty() || names.contains(name);
  }

  private boolean pathMatches(String path) {
    for (var each : paths) {
      boolean open = each.endsWith(ALL) && path.startsWith(each.substring(0, each.length() - 1));
      if (open || each.equals(path)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(List<String> words, String word) {
    return words.contains(ALL) || words.contains(word);
  }
}
