package io.jkube.registry.rbac;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Selectors;

/** ClusterRoles: rights in the whole cluster, or, by a RoleBinding, in one namespace. */
public final class ClusterRoles {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles")
          .column("Created At", role -> text(role, "/metadata/creationTimestamp"))
          .strategy(new ClusterRoleStrategy())
          .build();

  private ClusterRoles() {}

  private static final class ClusterRoleStrategy implements Strategy {
    @Override
    public void validate(ObjectNode role, Violations violations) {
      RuleValidation.validate(role, false, violations);
      if (role.hasNonNull("aggregationRule")
          && role.at("/aggregationRule/clusterRoleSelectors").isEmpty()) {
        violations.required(
            "aggregationRule.clusterRoleSelectors",
            "at least one clusterRoleSelector required if aggregationRule is non-nil");
      }
      int index = 0;
      for (var selector : Tree.objects(role, "/aggregationRule/clusterRoleSelectors")) {
        var at = "aggregationRule.clusterRoleSelectors[" + index++ + "]";
        Selectors.validate(selector, at, violations);
        if (Selectors.parsed(selector).isEmpty()) {
          violations.invalid(at, selector, "invalid label selector.");
        }
      }
    }

    @Override
    public boolean allowCreateOnUpdate() {
      return true;
    }

    @Override
    public NameRule nameRule() {
      return NameRule.PATH_SEGMENT;
    }
  }
}
