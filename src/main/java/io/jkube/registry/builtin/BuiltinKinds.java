package io.jkube.registry.builtin;

import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.coordination.Leases;
import io.jkube.registry.core.ConfigMaps;
import io.jkube.registry.core.Endpoints;
import io.jkube.registry.core.Events;
import io.jkube.registry.core.Namespaces;
import io.jkube.registry.core.Nodes;
import io.jkube.registry.core.Pods;
import io.jkube.registry.core.Secrets;
import io.jkube.registry.core.ServiceAccounts;
import io.jkube.registry.core.Services;
import java.time.InstantSource;
import java.util.List;

/** The kinds built in, a line each; adding one is one file and one line here. */
public final class BuiltinKinds {
  private BuiltinKinds() {}

  /**
   * A new catalog of one server.
   *
   * @param clock tells "now" to columns that show how long ago something was
   */
  public static ResourceCatalog catalog(InstantSource clock) {
    return new ResourceCatalog(
        List.of(
            Namespaces.DEFINITION,
            Nodes.DEFINITION,
            Pods.definition(clock),
            Services.definition(clock),
            Endpoints.DEFINITION,
            ConfigMaps.DEFINITION,
            Secrets.DEFINITION,
            ServiceAccounts.DEFINITION,
            Events.definition(clock),
            Leases.DEFINITION));
  }
}
