package io.jkube.registry.core;

import static io.jkube.registry.Tree.size;

import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.TableColumn;

/** ServiceAccounts: the identities that pods act as. */
public final class ServiceAccounts {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "ServiceAccount", "serviceaccounts")
          .shortNames("sa")
          .subresources("token")
          .column(TableColumn.text("Secrets", account -> size(account, "/secrets")))
          .ageColumn()
          .answersDeleted()
          .build();

  private ServiceAccounts() {}
}
