package io.jkube.registry.rbac;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;

/** RoleBindings: who has the rights of a role in one namespace. */
public final class RoleBindings {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced(
              "rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings")
          .column("Role", BindingStrategy::role)
          .ageColumn()
          .column(TableColumn.wide("Users", each -> BindingStrategy.names(each, "User")))
          .column(TableColumn.wide("Groups", each -> BindingStrategy.names(each, "Group")))
          .column(
              TableColumn.wide(
                  "ServiceAccounts", each -> BindingStrategy.names(each, "ServiceAccount")))
          .strategy(new BindingStrategy(true))
          .build();

  private RoleBindings() {}
}
