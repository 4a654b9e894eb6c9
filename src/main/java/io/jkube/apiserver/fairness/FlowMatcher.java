package io.jkube.apiserver.fairness;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;
import java.util.List;
import java.util.Set;

/**
 * A FlowSchema, read: which requests it takes, and to which level.
 *
 * @param precedence the lowest that matches counts
 */
record FlowMatcher(
    String name, String uid, String level, int precedence, String distinguisher, List<Rule> rules) {
  private static final String ANY = "*";
  private static final String ACCOUNT = "system:serviceaccount:";

  FlowMatcher {
    rules = List.copyOf(rules);
  }

  static FlowMatcher of(ObjectNode schema) {
    var spec = schema.path("spec");
    return new FlowMatcher(
        text(schema, "/metadata/name"),
        text(schema, "/metadata/uid"),
        text(spec, "/priorityLevelConfiguration/name"),
        spec.path("matchingPrecedence").asInt(),
        text(spec, "/distinguisherMethod/type"),
        objects(spec, "/rules").stream().map(Rule::of).toList());
  }

  boolean matches(UserInfo user, RequestInfo info) {
    for (var rule : rules) {
      if (rule.matches(user, info)) {
        return true;
      }
    }
    return false;
  }

  /** Tells the flows of this schema apart. */
  String flowOf(UserInfo user, RequestInfo info) {
    return switch (distinguisher) {
      case "ByUser" -> user.name();
      case "ByNamespace" -> info.namespace();
      case String none -> "";
    };
  }

  /** Some subjects doing some things. */
  record Rule(List<Subject> subjects, List<Resources> resources, List<Paths> paths) {
    static Rule of(ObjectNode rule) {
      return new Rule(
          objects(rule, "/subjects").stream().map(Subject::of).toList(),
          objects(rule, "/resourceRules").stream().map(Resources::of).toList(),
          objects(rule, "/nonResourceRules").stream().map(Paths::of).toList());
    }

    boolean matches(UserInfo user, RequestInfo info) {
      for (var subject : subjects) {
        if (subject.is(user)) {
          return info.resourceRequest()
              ? resources.stream().anyMatch(each -> each.match(info))
              : paths.stream().anyMatch(each -> each.match(info));
        }
      }
      return false;
    }
  }

  /**
   * @param name whole, but for a service account's namespace whose accounts are all meant: then it
   *     ends with a colon
   */
  record Subject(boolean group, String name) {
    static Subject of(JsonNode subject) {
      return switch (text(subject, "/kind")) {
        case "Group" -> new Subject(true, text(subject, "/group/name"));
        case "ServiceAccount" -> {
          var account = text(subject, "/serviceAccount/name");
          yield new Subject(
              false,
              ACCOUNT
                  + text(subject, "/serviceAccount/namespace")
                  + ":"
                  + (account.equals(ANY) ? "" : account));
        }
        case String user -> new Subject(false, text(subject, "/user/name"));
      };
    }

    boolean is(UserInfo user) {
      if (name.equals(ANY)) {
        return true;
      }
      if (group) {
        return user.groups().contains(name);
      }
      return name.endsWith(":") ? user.name().startsWith(name) : user.name().equals(name);
    }
  }

  record Resources(
      Set<String> verbs,
      Set<String> groups,
      Set<String> names,
      boolean clusterScope,
      Set<String> namespaces) {
    static Resources of(JsonNode rule) {
      return new Resources(
          Set.copyOf(texts(rule, "/verbs")),
          Set.copyOf(texts(rule, "/apiGroups")),
          Set.copyOf(texts(rule, "/resources")),
          rule.path("clusterScope").asBoolean(),
          Set.copyOf(texts(rule, "/namespaces")));
    }

    boolean match(RequestInfo info) {
      return has(verbs, info.verb())
          && has(groups, info.resource().group())
          && (names.contains(ANY) || names.contains(combined(info)))
          && (info.namespace().isEmpty() ? clusterScope : has(namespaces, info.namespace()));
    }

    private static String combined(RequestInfo info) {
      var resource = info.resource().resource();
      return info.subresource().isEmpty() ? resource : resource + "/" + info.subresource();
    }
  }

  record Paths(Set<String> verbs, List<String> urls) {
    static Paths of(JsonNode rule) {
      return new Paths(Set.copyOf(texts(rule, "/verbs")), texts(rule, "/nonResourceURLs"));
    }

    boolean match(RequestInfo info) {
      return has(verbs, info.verb()) && urls.stream().anyMatch(url -> covers(url, info.path()));
    }

    private static boolean covers(String url, String path) {
      return url.equals(ANY)
          || (url.endsWith("/*")
              ? path.startsWith(url.substring(0, url.length() - 1))
              : path.equals(url));
    }
  }

  private static boolean has(Set<String> all, String one) {
    return all.contains(ANY) || all.contains(one);
  }
}
