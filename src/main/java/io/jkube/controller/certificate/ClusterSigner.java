package io.jkube.controller.certificate;

import io.jkube.api.x509.AlternativeName;
import io.jkube.api.x509.SigningRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The signers that every cluster has ("Kubernetes signers" in its documentation), and what each
 * demands. {@code kubernetes.io/legacy-unknown} is not among them: this version of the API takes no
 * requests for it.
 */
enum ClusterSigner {
  API_CLIENT("kubernetes.io/kube-apiserver-client") {
    @Override
    Optional<String> refusal(SigningRequest request, Set<String> usages) {
      for (var usage : usages) {
        if (!usage.equals(CLIENT) && !usage.equals(SIGNATURE) && !usage.equals(ENCIPHERMENT)) {
          return Optional.of("invalid usage for client certificate: " + usage);
        }
      }
      return usages.contains(CLIENT)
          ? Optional.empty()
          : Optional.of("missing required usage for client certificate: " + CLIENT);
    }
  },

  KUBELET_CLIENT("kubernetes.io/kube-apiserver-client-kubelet") {
    @Override
    Optional<String> refusal(SigningRequest request, Set<String> usages) {
      return first(
          notANode(request),
          has(request, AlternativeName.DNS, "DNS"),
          has(request, AlternativeName.EMAIL, "Email"),
          has(request, AlternativeName.ADDRESS, "IP"),
          has(request, AlternativeName.URI, "URI"),
          otherUsages(usages, CLIENT));
    }
  },

  KUBELET_SERVING("kubernetes.io/kubelet-serving") {
    @Override
    Optional<String> refusal(SigningRequest request, Set<String> usages) {
      boolean named =
          request.alternativeNames().stream()
              .anyMatch(
                  name ->
                      name.kind() == AlternativeName.DNS || name.kind() == AlternativeName.ADDRESS);
      return first(
          notANode(request),
          named ? null : "DNS or IP subjectAltName is required",
          has(request, AlternativeName.EMAIL, "Email"),
          has(request, AlternativeName.URI, "URI"),
          otherUsages(usages, SERVER));
    }
  };

  static final String CLIENT = "client auth";
  static final String SERVER = "server auth";
  static final String SIGNATURE = "digital signature";
  static final String ENCIPHERMENT = "key encipherment";

  private static final String NODES = "system:nodes";
  private static final String NODE = "system:node:";

  private final String signerName;

  ClusterSigner(String signerName) {
    this.signerName = signerName;
  }

  static Optional<ClusterSigner> named(String name) {
    return Arrays.stream(values()).filter(each -> each.signerName.equals(name)).findFirst();
  }

  /** Why this signer signs no such request, in upstream's words; empty when it does. */
  abstract Optional<String> refusal(SigningRequest request, Set<String> usages);

  private static Optional<String> first(String... reasons) {
    return Arrays.stream(reasons).filter(reason -> reason != null).findFirst();
  }

  private static String notANode(SigningRequest request) {
    if (!request.organizations().equals(List.of(NODES))) {
      return "subject organization is not system:nodes";
    }
    return request.commonName().startsWith(NODE)
        ? null
        : "subject common name does not begin with system:node: ";
  }

  private static String has(SigningRequest request, int kind, String called) {
    return request.alternativeNames().stream().anyMatch(name -> name.kind() == kind)
        ? called + " subjectAltNames are not allowed"
        : null;
  }

  /** Keys other than RSA do not encipher. */
  private static String otherUsages(Set<String> usages, String purpose) {
    var least = new TreeSet<>(Set.of(SIGNATURE, purpose));
    var most = new TreeSet<>(least);
    most.add(ENCIPHERMENT);
    return usages.equals(least) || usages.equals(most)
        ? null
        : "usages did not match " + new ArrayList<>(least).toString().replace(",", "");
  }
}
