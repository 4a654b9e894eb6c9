package io.jkube.apiserver.admission;

import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import io.jkube.apiserver.authz.Refusal;

/** Who may update or patch may not therefore create: an update of nothing needs both rights. */
record CreateByUpdate(Authorizer authorizer) implements AdmissionPlugin {
  @Override
  public void admit(AdmissionRequest request) {
    var call = request.call();
    if (request.operation() != Operation.CREATE
        || !request.subresource().isEmpty()
        || call.info().verb().equals("create")) {
      return;
    }
    var what = Attributes.of(call.info(), call.request()).withVerb("create");
    var decision = authorizer.authorize(call.user(), what);
    if (!decision.allowed()) {
      throw Refusal.of(call.user(), what, decision.why());
    }
  }
}
