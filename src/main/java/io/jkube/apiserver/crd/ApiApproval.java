package io.jkube.apiserver.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import io.jkube.registry.crd.CrdConditions;
import java.time.Instant;

/** Tells of definitions in Kubernetes' own groups whether they were approved. */
final class ApiApproval {
  private static final String CONDITION = "KubernetesAPIApprovalPolicyConformant";
  private static final String ANNOTATION = "api-approved.kubernetes.io";

  private ApiApproval() {}

  static void note(ObjectNode crd, Instant now) {
    var group = Tree.text(crd, "/spec/group");
    if (!group.matches("(.*\\.)?(k8s|kubernetes)\\.io")) {
      return;
    }
    var approved = crd.at("/metadata/annotations").path(ANNOTATION).asText();
    if (approved.startsWith("unapproved")) {
      CrdConditions.set(
          crd, CONDITION, false, "UnapprovedAnnotation", "not approved: \"" + approved + "\"", now);
    } else if (!approved.isEmpty()) {
      CrdConditions.set(crd, CONDITION, true, "ApprovedAnnotation", "approved in " + approved, now);
    }
  }
}
