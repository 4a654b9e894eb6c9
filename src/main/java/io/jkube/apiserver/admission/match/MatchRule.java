package io.jkube.apiserver.admission.match;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.apiserver.admission.AdmissionRequest;
import java.util.List;

/**
 * One of the {@code rules} of a webhook, or {@code resourceRules} of a policy; {@code *} stands for
 * all.
 *
 * @param resources {@code pods}, {@code pods/status}, {@code *&#47;scale}, {@code pods/*}, {@code
 *     *} (no subresources), {@code *&#47;*}
 * @param scope {@code Cluster}, {@code Namespaced} or {@code *}
 * @param names of objects; empty for all
 */
public record MatchRule(
    List<String> operations,
    List<String> groups,
    List<String> versions,
    List<String> resources,
    String scope,
    List<String> names) {
  private static final String ALL = "*";

  public MatchRule {
    operations = List.copyOf(operations);
    groups = List.copyOf(groups);
    versions = List.copyOf(versions);
    resources = List.copyOf(resources);
    names = List.copyOf(names);
  }

  public static MatchRule of(ObjectNode rule) {
    var scope = text(rule, "/scope");
    return new MatchRule(
        texts(rule, "/operations"),
        texts(rule, "/apiGroups"),
        texts(rule, "/apiVersions"),
        texts(rule, "/resources"),
        scope.isEmpty() ? ALL : scope,
        texts(rule, "/resourceNames"));
  }

  /**
   * @param resource as which the request is seen: its own, or another version of it
   */
  public boolean matches(AdmissionRequest request, GroupVersionResource resource) {
    return takes(operations, request.operation().name())
        && takes(groups, resource.group())
        && takes(versions, resource.version())
        && takesResource(resource.resource(), request.subresource())
        && takesScope(request)
        && (names.isEmpty() || names.contains(request.name()));
  }

  private static boolean takes(List<String> wanted, String value) {
    return wanted.contains(ALL) || wanted.contains(value);
  }

  private boolean takesResource(String resource, String subresource) {
    for (var wanted : resources) {
      int slash = wanted.indexOf('/');
      var main = slash < 0 ? wanted : wanted.substring(0, slash);
      var sub = slash < 0 ? "" : wanted.substring(slash + 1);
      if ((main.equals(ALL) || main.equals(resource))
          && (sub.equals(ALL) || sub.equals(subresource))) {
        return true;
      }
    }
    return false;
  }

  /** A namespace is an object of the cluster. */
  private boolean takesScope(AdmissionRequest request) {
    return switch (scope) {
      case "Namespaced" -> request.call().definition().namespaced();
      case "Cluster" -> !request.call().definition().namespaced();
      default -> true;
    };
  }
}
