package io.jkube.apiserver.admission;

import static io.jkube.registry.Tree.text;

import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Authorizer;
import java.util.Map;

/** Whether a user may do something in a signer's name: for that signer, or all of its domain. */
record SignerRight(Authorizer authorizer) {
  static final String REQUESTS = "certificatesigningrequests.certificates.k8s.io";

  /**
   * @throws io.jkube.api.ApiException Forbidden, in upstream's words
   */
  void require(AdmissionRequest request, String verb) {
    var signer = text(request.current(), "/spec/signerName");
    var domain = signer.substring(0, Math.max(0, signer.indexOf('/'))) + "/*";
    if (!may(request, verb, signer) && !may(request, verb, domain)) {
      throw request.forbidden(
          "user not permitted to " + verb + " requests with signerName \"" + signer + "\"");
    }
  }

  private boolean may(AdmissionRequest request, String verb, String signer) {
    var what =
        new Attributes(
            true, verb, "certificates.k8s.io", "*", "signers", "", "", signer, "", Map.of());
    return authorizer.authorize(request.user(), what).allowed();
  }

  /** Whether it is an update of that part of a CertificateSigningRequest. */
  static boolean concerns(AdmissionRequest request, String subresource) {
    return request.groupResource().equals(REQUESTS)
        && request.subresource().equals(subresource)
        && request.operation() == AdmissionRequest.Operation.UPDATE;
  }
}
