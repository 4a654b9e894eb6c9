package io.jkube.registry.rbac;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;

/** ClusterRoleBindings: who has the rights of a role in the whole cluster. */
public final class ClusterRoleBindings {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster(
              "rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings")
          .column("Role", BindingStrategy::role)
          .ageColumn()
          .column(TableColumn.wide("Users", each -> BindingStrategy.names(each, "User")))
          .column(TableColumn.wide("Groups", each -> BindingStrategy.names(each, "Group")))
          .column(
              TableColumn.wide(
                  "ServiceAccounts", each -> BindingStrategy.names(each, "ServiceAccount")))
          .strategy(new BindingStrategy(false))
          .build();

  private ClusterRoleBindings() {}
}
