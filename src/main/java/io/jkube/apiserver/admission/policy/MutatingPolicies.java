package io.jkube.apiserver.admission.policy;

import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.Mutator;
import io.jkube.apiserver.admission.match.Equivalents;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.fields.Overlay;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.schema.SchemaSource;
import java.util.function.Supplier;

/** Changes writes as the mutating policies say that are bound for them. */
public final class MutatingPolicies implements Mutator {
  private final Invocations<Mutations> policies;
  private final Overlay overlay;

  public MutatingPolicies(
      ObjectStore objects,
      Equivalents equivalents,
      Authorizer authorizer,
      Supplier<ResourceCatalog> catalog,
      SchemaSource schemas) {
    this.policies =
        Invocations.of(
            "v1beta1",
            "mutatingadmission",
            Mutations::of,
            objects,
            equivalents,
            authorizer,
            catalog);
    this.overlay = new Overlay(schemas);
  }

  @Override
  public Pass begin(AdmissionRequest request) {
    return policies.none() ? Pass.NOTHING : new MutationPass(request, policies, overlay);
  }
}
