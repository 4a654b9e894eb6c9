package io.jkube.registry.rbac;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;

/** Roles: rights within one namespace. */
public final class Roles {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("rbac.authorization.k8s.io", "v1", "Role", "roles")
          .column("Created At", role -> text(role, "/metadata/creationTimestamp"))
          .strategy(new RoleStrategy())
          .build();

  private Roles() {}

  private static final class RoleStrategy implements Strategy {
    @Override
    public void validate(ObjectNode role, Violations violations) {
      RuleValidation.validate(role, true, violations);
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
