package io.jkube.apiserver.admission;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.rbac.Escalation;
import io.jkube.apiserver.authz.rbac.Policies;
import java.util.Map;

/** A binding gives at most what its writer has, or roles that the writer may {@code bind}. */
record BindingEscalation(Authorizer authorizer, Escalation escalation) implements AdmissionPlugin {
  BindingEscalation(Authorizer authorizer, Policies policies) {
    this(authorizer, new Escalation(policies));
  }

  @Override
  public void admit(AdmissionRequest request) {
    var binding = request.object();
    if (binding == null || !isBinding(request) || givesNothingNew(request)) {
      return;
    }
    var kind = text(binding, "/roleRef/kind");
    var name = text(binding, "/roleRef/name");
    if (name.isEmpty() || mayBind(request, kind, name) || isMaster(request)) {
      return; // what is not valid, validation refuses
    }
    escalation
        .refusal(request.user(), request.namespace(), kind, name)
        .ifPresent(
            why -> {
              throw request.forbidden(why);
            });
  }

  private static boolean isBinding(AdmissionRequest request) {
    return request.groupResource().equals("rolebindings.rbac.authorization.k8s.io")
        || request.groupResource().equals("clusterrolebindings.rbac.authorization.k8s.io");
  }

  private static boolean givesNothingNew(AdmissionRequest request) {
    ObjectNode current = request.current();
    return current != null
        && current.path("roleRef").equals(request.object().path("roleRef"))
        && current.path("subjects").equals(request.object().path("subjects"));
  }

  private static boolean isMaster(AdmissionRequest request) {
    return request.user().groups().contains(io.jkube.apiserver.request.UserInfo.MASTERS);
  }

  private boolean mayBind(AdmissionRequest request, String kind, String name) {
    var what =
        new Attributes(
            true,
            "bind",
            request.call().resource().group(),
            "*",
            kind.equals("Role") ? "roles" : "clusterroles",
            "",
            request.namespace(),
            name,
            "",
            Map.of());
    return authorizer.authorize(request.user(), what).allowed();
  }
}
