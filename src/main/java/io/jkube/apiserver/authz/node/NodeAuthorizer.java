package io.jkube.apiserver.authz.node;

import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.rbac.Rule;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.ObjectStore;
import java.util.List;
import java.util.Set;

/** Allows a kubelet what its node and the pods bound to it need. */
public final class NodeAuthorizer implements Authorizer {
  private static final Set<String> READ = Set.of("get", "list", "watch");
  private static final Set<String> OWN_OBJECT =
      Set.of("get", "create", "update", "patch", "delete");
  private static final String LEASE_NAMESPACE = "kube-node-lease";

  private final NodePods pods;
  private final List<Rule> common;

  /**
   * @param common what every node may do, beside what depends on its pods: the rules of the role
   *     {@code system:node}
   */
  public NodeAuthorizer(ObjectStore objects, List<Rule> common) {
    this.pods = new NodePods(objects);
    this.common = List.copyOf(common);
  }

  @Override
  public Decision authorize(UserInfo user, Attributes what) {
    var node = NodeIdentity.of(user);
    if (node == null) {
      return Decision.NO_OPINION;
    }
    if (!what.resourceRequest()) {
      return byRules(what);
    }
    return switch (what.group().isEmpty()
        ? what.resource()
        : what.resource() + "." + what.group()) {
      case "secrets", "configmaps" -> read(node, what);
      case "persistentvolumeclaims" -> claim(node, what);
      case "persistentvolumes" -> get(what, node, pods.needsVolume(node, what.name()));
      case "serviceaccounts" -> token(node, what);
      case "leases.coordination.k8s.io" -> lease(node, what);
      case "csinodes.storage.k8s.io" -> csiNode(node, what);
      case "resourceslices.resource.k8s.io" -> slice(node, what);
      case "nodes" -> node(node, what);
      case "pods" -> pod(node, what);
      default -> byRules(what);
    };
  }

  private Decision byRules(Attributes what) {
    return common.stream().anyMatch(rule -> rule.allows(what))
        ? Decision.ALLOWED
        : Decision.NO_OPINION;
  }

  private Decision read(String node, Attributes what) {
    if (!READ.contains(what.verb())) {
      return no("can only read resources of this type");
    }
    if (!what.subresource().isEmpty()) {
      return no("cannot read subresource");
    }
    if (what.namespace().isEmpty()) {
      return no("can only read namespaced object of this type");
    }
    if (what.name().isEmpty()) {
      return no("No Object name found");
    }
    return related(
        node,
        what.resource().equals("secrets")
            ? pods.needsSecret(node, what.namespace(), what.name())
            : pods.needsConfigMap(node, what.namespace(), what.name()));
  }

  private Decision claim(String node, Attributes what) {
    boolean needed = pods.needsClaim(node, what.namespace(), what.name());
    if (!what.subresource().equals("status")) {
      return get(what, node, needed);
    }
    return what.verb().equals("update") || what.verb().equals("patch")
        ? related(node, needed)
        : no("can only get/update/patch this type");
  }

  private static Decision get(Attributes what, String node, boolean needed) {
    if (!what.verb().equals("get")) {
      return no("can only get individual resources of this type");
    }
    return what.subresource().isEmpty() ? related(node, needed) : no("cannot get subresource");
  }

  private Decision token(String node, Attributes what) {
    if (!what.verb().equals("create") || what.name().isEmpty()) {
      return no("can only create tokens for individual service accounts");
    }
    return what.subresource().equals("token")
        ? related(node, pods.runsAs(node, what.namespace(), what.name()))
        : no("can only create token subresource of serviceaccount");
  }

  private static Decision lease(String node, Attributes what) {
    if (!OWN_OBJECT.contains(what.verb())) {
      return no("can only get, create, update, patch, or delete a node lease");
    }
    if (!what.namespace().equals(LEASE_NAMESPACE)) {
      return no("can only access leases in the \"" + LEASE_NAMESPACE + "\" system namespace");
    }
    // the name of what is created is in the body, which NodeRestriction looks at
    return what.verb().equals("create") || what.name().equals(node)
        ? Decision.ALLOWED
        : no("can only access node lease with the same name as the requesting node");
  }

  private static Decision csiNode(String node, Attributes what) {
    if (!OWN_OBJECT.contains(what.verb())) {
      return no("can only get, create, update, patch, or delete a CSINode");
    }
    if (!what.subresource().isEmpty()) {
      return no("cannot authorize CSINode subresources");
    }
    return what.verb().equals("create") || what.name().equals(node)
        ? Decision.ALLOWED
        : no("can only access CSINode with the same name as the requesting node");
  }

  /** A kubelet and its drivers tell of their own devices; whose a new slice is, is in the body. */
  private Decision slice(String node, Attributes what) {
    if (!what.subresource().isEmpty()) {
      return no("cannot authorize ResourceSlice subresources");
    }
    return switch (what.verb()) {
      case "create" -> Decision.ALLOWED;
      case "get", "update", "patch", "delete" ->
          related(node, pods.offersDevices(node, what.name()));
      case "list", "watch", "deletecollection" ->
          node.equals(what.fields().get("spec.nodeName"))
              ? Decision.ALLOWED
              : no(
                  "can only list/watch/deletecollection resourceslices with nodeName field selector");
      case String other -> Decision.NO_OPINION;
    };
  }

  private static Decision node(String node, Attributes what) {
    return switch (what.combinedResource() + " " + what.verb()) {
      case "nodes create",
          "nodes update",
          "nodes patch",
          "nodes/status update",
          "nodes/status patch" ->
          Decision.ALLOWED;
      case "nodes get", "nodes list", "nodes watch" -> {
        if (what.name().equals(node)) {
          yield Decision.ALLOWED;
        }
        yield no(
            what.name().isEmpty()
                ? "node '" + node + "' cannot read all nodes, only its own Node object"
                : "node '%s' cannot read '%s', only its own Node object"
                    .formatted(node, what.name()));
      }
      default -> Decision.NO_OPINION;
    };
  }

  private Decision pod(String node, Attributes what) {
    return switch (what.combinedResource() + " " + what.verb()) {
      case "pods get" ->
          what.name().isEmpty()
              ? no("No Object name found")
              : related(node, pods.runs(node, what.namespace(), what.name()));
      case "pods list", "pods watch" -> {
        if (node.equals(what.fields().get("spec.nodeName"))) {
          yield Decision.ALLOWED;
        }
        yield what.name().isEmpty()
            ? no("can only list/watch pods with spec.nodeName field selector")
            : related(node, pods.runs(node, what.namespace(), what.name()));
      }
      case "pods create",
          "pods delete",
          "pods/status update",
          "pods/status patch",
          "pods/eviction create" ->
          Decision.ALLOWED; // whose pod it is, NodeRestriction looks at
      default -> Decision.NO_OPINION;
    };
  }

  private static Decision related(String node, boolean related) {
    return related
        ? Decision.ALLOWED
        : no("no relationship found between node '" + node + "' and this object");
  }

  private static Decision no(String why) {
    return new Decision(false, why);
  }
}
