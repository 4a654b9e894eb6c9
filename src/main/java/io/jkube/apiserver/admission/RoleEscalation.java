package io.jkube.apiserver.admission;

import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.rbac.Escalation;
import io.jkube.apiserver.authz.rbac.Policies;
import io.jkube.apiserver.authz.rbac.Rule;
import java.util.List;
import java.util.Map;

/** A role gives at most what its writer has, or whoever may {@code escalate} such roles. */
record RoleEscalation(Authorizer authorizer, Escalation escalation) implements AdmissionPlugin {
  private static final List<Rule> EVERYTHING =
      List.of(
          new Rule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
          new Rule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

  RoleEscalation(Authorizer authorizer, Policies policies) {
    this(authorizer, new Escalation(policies));
  }

  @Override
  public void admit(AdmissionRequest request) {
    var object = request.object();
    if (object == null || !isRole(request) || isOnlyMetadata(request) || mayEscalate(request)) {
      return;
    }
    escalation
        .refusal(request.user(), request.namespace(), Rule.allOf(object))
        .ifPresent(
            why -> {
              throw request.forbidden(why);
            });
    if (object.hasNonNull("aggregationRule")
        && escalation.refusal(request.user(), "", EVERYTHING).isPresent()) {
      throw request.forbidden("must have cluster-admin privileges to use the aggregationRule");
    }
  }

  private static boolean isRole(AdmissionRequest request) {
    return request.groupResource().equals("roles.rbac.authorization.k8s.io")
        || request.groupResource().equals("clusterroles.rbac.authorization.k8s.io");
  }

  /** The rights stay as they are: a garbage collector must be able to take its finalizers off. */
  private static boolean isOnlyMetadata(AdmissionRequest request) {
    var current = request.current();
    return current != null
        && Rule.allOf(current).equals(Rule.allOf(request.object()))
        && current.path("aggregationRule").equals(request.object().path("aggregationRule"));
  }

  private boolean mayEscalate(AdmissionRequest request) {
    var resource = request.call().resource();
    var what =
        new Attributes(
            true,
            "escalate",
            resource.group(),
            "*",
            resource.resource(),
            "",
            request.namespace(),
            request.name(),
            "",
            Map.of());
    return authorizer.authorize(request.user(), what).allowed();
  }
}
