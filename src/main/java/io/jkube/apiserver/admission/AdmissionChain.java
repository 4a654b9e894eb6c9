package io.jkube.apiserver.admission;

import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.rbac.Policies;
import io.jkube.registry.StoredObjects;
import java.util.List;

/** All plugins, one after the other; the first refusal is the answer. */
public record AdmissionChain(List<AdmissionPlugin> plugins) {
  public static final AdmissionChain NONE = new AdmissionChain(List.of());

  public AdmissionChain {
    plugins = List.copyOf(plugins);
  }

  /** What upstream enables by default: the explicit list. */
  public static AdmissionChain builtIn(
      StoredObjects objects, Authorizer authorizer, Policies policies) {
    return new AdmissionChain(
        List.of(
            new CreateByUpdate(authorizer),
            new NodeRestriction(objects),
            new RoleEscalation(authorizer, policies),
            new BindingEscalation(authorizer, policies)));
  }

  public void admit(AdmissionRequest request) {
    for (var plugin : plugins) {
      plugin.admit(request);
    }
  }
}
