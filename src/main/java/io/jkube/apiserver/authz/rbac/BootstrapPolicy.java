package io.jkube.apiserver.authz.rbac;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The roles and bindings that every cluster has from the beginning; read off the resource {@code
 * rbac/bootstrap.txt}, which says how it is written.
 */
public final class BootstrapPolicy {
  static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

  private static final String API_VERSION = "rbac.authorization.k8s.io/v1";
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
  private static final String CONTROLLER = "system:controller:";
  private static final String READ = "get,list,watch";
  private static final String WRITE = "create,update,patch,delete,deletecollection";
  private static final Map<String, String> VERBS =
      Map.of(
          "read", READ, "write", WRITE, "all", READ + "," + WRITE, "event", "create,update,patch");

  private final List<ObjectNode> objects = new ArrayList<>();

  private BootstrapPolicy() {}

  /** All of them, roles before their bindings; the caller's own. */
  public static List<ObjectNode> objects() {
    var policy = new BootstrapPolicy();
    text().lines().forEach(policy::read);
    return policy.objects;
  }

  /** The rules of one ClusterRole among them. */
  public static List<Rule> rulesOf(String clusterRole) {
    return objects().stream()
        .filter(each -> each.path("kind").asText().equals("ClusterRole"))
        .filter(each -> each.at("/metadata/name").asText().equals(clusterRole))
        .findFirst()
        .map(Rule::allOf)
        .orElseThrow(() -> new IllegalArgumentException("no role " + clusterRole));
  }

  private static String text() {
    try (var in = BootstrapPolicy.class.getResourceAsStream("/rbac/bootstrap.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("the jar is broken", broken);
    }
  }

  private void read(String line) {
    var words = Arrays.asList(line.strip().split(" +"));
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith(" ")) {
      objects.getLast().withArray("rules").add(rule(words).tree());
      return;
    }
    switch (words.getFirst()) {
      case "role" -> role(words);
      case "controller" -> controller(words.get(1));
      case "bind" -> bind(words);
      default -> throw new IllegalStateException("bootstrap.txt: " + line);
    }
  }

  private static Rule rule(List<String> words) {
    var verbs = list(VERBS.getOrDefault(words.get(0), words.get(0)));
    if (words.get(1).equals("url")) {
      return new Rule(verbs, List.of(), List.of(), List.of(), list(words.get(2)));
    }
    var groups = list(words.get(1)).stream().map(name -> name.equals("core") ? "" : name).toList();
    var names = words.size() > 3 ? list(words.get(3)) : List.<String>of();
    return new Rule(verbs, groups, list(words.get(2)), names, List.of());
  }

  private static List<String> list(String text) {
    return Arrays.asList(text.split(","));
  }

  private void role(List<String> words) {
    var role = add(words.get(1), "Role");
    for (var option : words.subList(2, words.size())) {
      var mark = AGGREGATE + option.substring(option.indexOf(':') + 1);
      if (option.startsWith("label:")) {
        role.withObject("/metadata").withObject("/labels").put(mark, "true");
      } else {
        role.putObject("aggregationRule")
            .putArray("clusterRoleSelectors")
            .addObject()
            .putObject("matchLabels")
            .put(mark, "true");
      }
    }
  }

  private void controller(String name) {
    bind(List.of("bind", CONTROLLER + name, "account:kube-system/" + name));
    add(CONTROLLER + name, "Role");
  }

  private void bind(List<String> words) {
    var role = words.get(1);
    boolean renamed = words.size() > 3 && words.get(2).equals("as");
    int slash = role.indexOf('/');
    var name = renamed ? role.substring(0, slash + 1) + words.get(3) : role;
    var binding = add(name, "RoleBinding");
    binding
        .putObject("roleRef")
        .put("apiGroup", GROUP)
        .put("kind", slash < 0 ? "ClusterRole" : "Role")
        .put("name", role.substring(slash + 1));
    var subjects = binding.putArray("subjects");
    for (var subject : words.subList(renamed ? 4 : 2, words.size())) {
      subjects.add(subject(subject));
    }
  }

  private static ObjectNode subject(String text) {
    var name = text.substring(text.indexOf(':') + 1);
    return switch (text.substring(0, text.indexOf(':'))) {
      case "user" -> named("User", name).put("apiGroup", GROUP);
      case "group" -> named("Group", name).put("apiGroup", GROUP);
      case "account" ->
          named("ServiceAccount", name.split("/")[1]).put("namespace", name.split("/")[0]);
      default -> throw new IllegalStateException("bootstrap.txt: " + text);
    };
  }

  private static ObjectNode named(String kind, String name) {
    return Json.object().put("kind", kind).put("name", name);
  }

  /**
   * @param place a name; with a namespace before a slash for what is namespaced
   */
  private ObjectNode add(String place, String kind) {
    int slash = place.indexOf('/');
    var object = Json.object().put("apiVersion", API_VERSION);
    object.put("kind", slash < 0 ? "Cluster" + kind : kind);
    var metadata = object.putObject("metadata").put("name", place.substring(slash + 1));
    if (slash > 0) {
      metadata.put("namespace", place.substring(0, slash));
    }
    metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    metadata.putObject("annotations").put(AUTO_UPDATE, "true");
    objects.add(object);
    return object;
  }
}
