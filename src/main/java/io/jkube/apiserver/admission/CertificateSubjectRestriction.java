package io.jkube.apiserver.admission;

import static io.jkube.registry.Tree.text;

import io.jkube.api.x509.SigningRequest;
import io.jkube.apiserver.request.UserInfo;
import java.util.Base64;

/** Nobody gets a certificate of the group that no rule binds. */
record CertificateSubjectRestriction() implements AdmissionPlugin {
  private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

  @Override
  public void admit(AdmissionRequest request) {
    if (request.operation() == AdmissionRequest.Operation.CREATE
        && request.groupResource().equals(SignerRight.REQUESTS)
        && request.subresource().isEmpty()
        && text(request.object(), "/spec/signerName").equals(SIGNER)
        && organizations(request).contains(UserInfo.MASTERS)) {
      throw request.forbidden(
          "use of " + SIGNER + " signer with " + UserInfo.MASTERS + " group is not allowed");
    }
  }

  private static java.util.List<String> organizations(AdmissionRequest request) {
    try {
      var pem = Base64.getMimeDecoder().decode(text(request.object(), "/spec/request"));
      return SigningRequest.parse(pem).organizations();
    } catch (IllegalArgumentException malformed) {
      throw request.forbidden("failed to parse CSR: " + malformed.getMessage());
    }
  }
}
