package io.jkube.apiserver;

import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.node.NodeAuthorizer;
import io.jkube.apiserver.authz.rbac.BootstrapPolicy;
import io.jkube.apiserver.authz.rbac.Policies;
import io.jkube.apiserver.authz.rbac.RbacAuthorizer;
import io.jkube.apiserver.storage.ObjectStore;
import java.util.List;

/**
 * Everything that decides over rights.
 *
 * @param policies the roles and bindings
 */
record Rights(Authorizer authorizer, Policies policies) {
  private static final String NODE_ROLE = "system:node";

  static Rights of(Security security, ObjectStore objects) {
    var policies = new Policies(objects);
    return switch (security.authorization()) {
      case ALWAYS_ALLOW -> new Rights(Authorizer.EVERYTHING_TO_AUTHENTICATED, policies);
      case NODE_AND_RBAC -> new Rights(nodeAndRbac(objects, policies), policies);
    };
  }

  private static Authorizer nodeAndRbac(ObjectStore objects, Policies policies) {
    var byRole =
        Authorizer.anyOf(
            List.of(
                new NodeAuthorizer(objects, BootstrapPolicy.rulesOf(NODE_ROLE)),
                new RbacAuthorizer(policies)));
    return Authorizer.anyOf(
        List.of(Authorizer.MASTERS, Authorizer.patient(byRole, objects::catchUp)));
  }
}
