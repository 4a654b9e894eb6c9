package io.jkube.apiserver.authz.rbac;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roles and bindings there are, and whom they give what. Thread-safe. */
public final class Policies {
  public static final GroupVersionResource ROLES = rbac("roles");
  public static final GroupVersionResource CLUSTER_ROLES = rbac("clusterroles");
  public static final GroupVersionResource BINDINGS = rbac("rolebindings");
  public static final GroupVersionResource CLUSTER_BINDINGS = rbac("clusterrolebindings");

  private final ObjectStore objects;
  private final Compiled<List<Rule>> rules = new Compiled<>(Rule::allOf);
  private final Compiled<Binding> bindings = new Compiled<>(Binding::of);
  private volatile ClusterBindings index = new ClusterBindings(-1, List.of());

  public Policies(ObjectStore objects) {
    this.objects = objects;
  }

  /** Sees rules one by one, until it has seen enough. */
  interface Visitor {
    /**
     * @return whether to go on
     */
    boolean rule(Rule rule, Binding by, Binding.Subject subject);

    /** A binding to a role that is not there. */
    default void missing(ApiException notFound) {}
  }

  /** Visits every rule that gives the user something in the namespace; or cluster-wide only. */
  void visit(UserInfo user, String namespace, Visitor visitor) {
    for (var binding : clusterBindings().of(user)) {
      if (!visit(user, binding, visitor)) {
        return;
      }
    }
    if (namespace.isEmpty()) {
      return;
    }
    for (var stored : objects.cached(BINDINGS, namespace)) {
      if (!visit(user, bindings.of(stored), visitor)) {
        return;
      }
    }
  }

  private boolean visit(UserInfo user, Binding binding, Visitor visitor) {
    var subject = binding.subjectOf(user);
    if (subject == null) {
      return true;
    }
    var found = rulesOf(binding.roleKind(), binding.roleName(), binding.namespace());
    if (found.isEmpty()) {
      visitor.missing(missing(binding.roleKind(), binding.roleName()));
      return true;
    }
    for (var rule : found.get()) {
      if (!visitor.rule(rule, binding, subject)) {
        return false;
      }
    }
    return true;
  }

  private ClusterBindings clusterBindings() {
    long version = objects.lastChange(CLUSTER_BINDINGS);
    var known = index;
    if (known.version == version) {
      return known;
    }
    var all = objects.cached(CLUSTER_BINDINGS, "").stream().map(bindings::of).toList();
    var fresh = new ClusterBindings(version, all);
    index = fresh;
    return fresh;
  }

  /** All rules for the user in the namespace, as of now. */
  public List<Rule> rulesFor(UserInfo user, String namespace) {
    objects.catchUp();
    var all = new ArrayList<Rule>();
    visit(user, namespace, (rule, by, subject) -> all.add(rule));
    return all;
  }

  /** The rules of a role as of now, or empty when it is not there. */
  Optional<List<Rule>> newestRulesOf(String kind, String name, String namespace) {
    objects.catchUp();
    return rulesOf(kind, name, namespace);
  }

  private Optional<List<Rule>> rulesOf(String kind, String name, String namespace) {
    var found =
        kind.equals("Role")
            ? objects.cached(ROLES, new ObjectKey(namespace, name))
            : objects.cached(CLUSTER_ROLES, ObjectKey.cluster(name));
    return found.map(rules::of);
  }

  static ApiException missing(String kind, String name) {
    return ApiException.notFound(kind.equals("Role") ? ROLES : CLUSTER_ROLES, name);
  }

  private static GroupVersionResource rbac(String resource) {
    return new GroupVersionResource("rbac.authorization.k8s.io", "v1", resource);
  }
}
