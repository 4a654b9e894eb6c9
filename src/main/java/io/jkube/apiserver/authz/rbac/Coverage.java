package io.jkube.apiserver.authz.rbac;

import java.util.ArrayList;
import java.util.List;

/** Whether the rights of some rules contain those of others: nobody may give what they lack. */
final class Coverage {
  private Coverage() {}

  /** Those of {@code wanted}, cut into single rights, that {@code held} does not contain. */
  static List<Rule> missing(List<Rule> held, List<Rule> wanted) {
    var missing = new ArrayList<Rule>();
    for (var rule : wanted) {
      for (var single : singles(rule)) {
        if (held.stream().noneMatch(each -> covers(each, single))) {
          missing.add(single);
        }
      }
    }
    return missing;
  }

  /** One rule for each verb, group, resource and name; or for each verb and path. */
  private static List<Rule> singles(Rule rule) {
    var singles = new ArrayList<Rule>();
    for (var verb : rule.verbs()) {
      for (var path : rule.paths()) {
        singles.add(rule(verb, List.of(), List.of(), List.of(), List.of(path)));
      }
      for (var group : rule.groups()) {
        for (var resource : rule.resources()) {
          var names = rule.names().isEmpty() ? List.of("") : rule.names();
          for (var name : names) {
            var one = name.isEmpty() ? List.<String>of() : List.of(name);
            singles.add(rule(verb, List.of(group), List.of(resource), one, List.of()));
          }
        }
      }
    }
    return singles;
  }

  private static Rule rule(
      String verb,
      List<String> groups,
      List<String> resources,
      List<String> names,
      List<String> paths) {
    return new Rule(List.of(verb), groups, resources, names, paths);
  }

  private static boolean covers(Rule held, Rule single) {
    if (!contains(held.verbs(), single.verbs().getFirst())) {
      return false;
    }
    if (!single.paths().isEmpty()) {
      return coversPath(held, single.paths().getFirst());
    }
    return contains(held.groups(), single.groups().getFirst())
        && coversResource(held, single.resources().getFirst())
        && (held.names().isEmpty()
            || !single.names().isEmpty() && held.names().containsAll(single.names()));
  }

  private static boolean coversResource(Rule held, String resource) {
    int slash = resource.indexOf('/');
    return contains(held.resources(), resource)
        || slash > 0 && held.resources().contains(Rule.ALL + resource.substring(slash));
  }

  private static boolean coversPath(Rule held, String path) {
    for (var each : held.paths()) {
      if (each.equals(path)
          || each.endsWith(Rule.ALL) && path.startsWith(each.substring(0, each.length() - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(List<String> words, String word) {
    return words.contains(Rule.ALL) || words.contains(word);
  }

  /** In upstream's words: {@code {APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}}. */
  static String text(Rule rule) {
    var parts = new ArrayList<String>();
    add(parts, "APIGroups", rule.groups());
    add(parts, "Resources", rule.resources());
    add(parts, "ResourceNames", rule.names());
    add(parts, "NonResourceURLs", rule.paths());
    add(parts, "Verbs", rule.verbs());
    return "{" + String.join(", ", parts) + "}";
  }

  private static void add(List<String> parts, String name, List<String> values) {
    if (!values.isEmpty()) {
      var quoted = values.stream().map(value -> '"' + value + '"').toList();
      parts.add(name + ":[" + String.join(" ", quoted) + "]");
    }
  }

  /** Single rights on the same resource become one rule again, so that a person can read them. */
  static List<Rule> compact(List<Rule> singles) {
    var compact = new ArrayList<Rule>();
    for (var single : singles) {
      int same = -1;
      for (int i = 0; i < compact.size() && same < 0; i++) {
        same = sameTarget(compact.get(i), single) ? i : -1;
      }
      if (same < 0) {
        compact.add(single);
      } else {
        var verbs = new ArrayList<>(compact.get(same).verbs());
        single.verbs().stream().filter(verb -> !verbs.contains(verb)).forEach(verbs::add);
        compact.set(
            same,
            new Rule(verbs, single.groups(), single.resources(), single.names(), single.paths()));
      }
    }
    return compact;
  }

  private static boolean sameTarget(Rule one, Rule other) {
    return one.groups().equals(other.groups())
        && one.resources().equals(other.resources())
        && one.names().equals(other.names())
        && one.paths().equals(other.paths());
  }
}
