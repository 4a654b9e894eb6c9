package io.jkube.apiserver;

import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.schema.OpenApiSource;
import io.jkube.registry.schema.SchemaSource;
import io.jkube.store.Store;
import io.jkube.trace.PodTraces;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the server works with.
 *
 * @param version jkube's own, for {@code /version}
 * @param readiness further checks of {@code /readyz} by name, such as {@code etcd}
 * @param policyObstacle why nothing holds pods to network policies; empty where something does
 */
public record ServerParts(
    Store store,
    ResourceCatalog catalog,
    SchemaSource schemas,
    OpenApiSource openApi,
    Security security,
    KubeletConnection kubelets,
    PodTraces traces,
    InstantSource clock,
    String version,
    Map<String, BooleanSupplier> readiness,
    Supplier<Optional<String>> policyObstacle) {
  public ServerParts {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(schemas, "schemas");
    Objects.requireNonNull(openApi, "openApi");
    Objects.requireNonNull(security, "security");
    Objects.requireNonNull(kubelets, "kubelets");
    Objects.requireNonNull(traces, "traces");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(version, "version");
    readiness = Map.copyOf(readiness);
    Objects.requireNonNull(policyObstacle, "policyObstacle");
  }

  /** Of a server whose network policies somebody holds pods to. */
  public ServerParts(
      Store store,
      ResourceCatalog catalog,
      SchemaSource schemas,
      OpenApiSource openApi,
      Security security,
      KubeletConnection kubelets,
      PodTraces traces,
      InstantSource clock,
      String version,
      Map<String, BooleanSupplier> readiness) {
    this(
        store,
        catalog,
        schemas,
        openApi,
        security,
        kubelets,
        traces,
        clock,
        version,
        readiness,
        Optional::empty);
  }
}
