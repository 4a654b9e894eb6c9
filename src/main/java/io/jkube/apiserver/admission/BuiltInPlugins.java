package io.jkube.apiserver.admission;

import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.rbac.Policies;
import io.jkube.registry.StoredObjects;
import java.util.List;

/** What upstream enables by default and no kind has to itself: the explicit list. */
public final class BuiltInPlugins {
  private BuiltInPlugins() {}

  public static List<AdmissionPlugin> list(
      StoredObjects objects, Authorizer authorizer, Policies policies) {
    return List.of(
        new CreateByUpdate(authorizer),
        new NodeRestriction(objects),
        new CertificateApproval(authorizer),
        new CertificateSigning(authorizer),
        new CertificateSubjectRestriction(),
        new RoleEscalation(authorizer, policies),
        new BindingEscalation(authorizer, policies));
  }
}
