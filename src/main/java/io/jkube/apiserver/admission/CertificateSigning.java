package io.jkube.apiserver.admission;

import io.jkube.apiserver.authz.Authorizer;

/** Who answers a CertificateSigningRequest may {@code sign} for its signer. */
record CertificateSigning(SignerRight right) implements AdmissionPlugin {
  CertificateSigning(Authorizer authorizer) {
    this(new SignerRight(authorizer));
  }

  @Override
  public void admit(AdmissionRequest request) {
    if (SignerRight.concerns(request, "status") && answers(request)) {
      right.require(request, "sign");
    }
  }

  private static boolean answers(AdmissionRequest request) {
    var before = request.current().path("status");
    var after = request.object().path("status");
    return !after.path("certificate").equals(before.path("certificate"))
        || !after.path("conditions").equals(before.path("conditions"));
  }
}
