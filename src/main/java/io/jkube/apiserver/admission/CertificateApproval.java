package io.jkube.apiserver.admission;

import io.jkube.apiserver.authz.Authorizer;

/** Who decides over a CertificateSigningRequest may {@code approve} for its signer. */
record CertificateApproval(SignerRight right) implements AdmissionPlugin {
  CertificateApproval(Authorizer authorizer) {
    this(new SignerRight(authorizer));
  }

  @Override
  public void admit(AdmissionRequest request) {
    if (SignerRight.concerns(request, "approval")) {
      right.require(request, "approve");
    }
  }
}
