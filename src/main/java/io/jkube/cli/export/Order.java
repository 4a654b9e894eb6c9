package io.jkube.cli.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/** What others need before those others; whatever may refuse them behind all. */
final class Order {
  private static final List<String> FIRST =
      List.of(
          "Namespace",
          "CustomResourceDefinition",
          "PriorityClass",
          "StorageClass",
          "IngressClass",
          "RuntimeClass",
          "ServiceAccount",
          "ClusterRole",
          "Role",
          "ClusterRoleBinding",
          "RoleBinding",
          "Secret",
          "ConfigMap",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "Service",
          "Pod",
          "ReplicaSet",
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob");

  private static final List<String> LAST =
      List.of(
          "ResourceQuota",
          "LimitRange",
          "APIService",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "MutatingAdmissionPolicy",
          "MutatingAdmissionPolicyBinding",
          "MutatingWebhookConfiguration",
          "ValidatingWebhookConfiguration");

  /** Of one kind by namespace and name. */
  static final Comparator<ObjectNode> OF_NEED =
      Comparator.<ObjectNode>comparingInt(object -> place(object.path("kind").asText()))
          .thenComparing(object -> object.path("kind").asText())
          .thenComparing(object -> object.path("apiVersion").asText())
          .thenComparing(object -> object.at("/metadata/namespace").asText())
          .thenComparing(object -> object.at("/metadata/name").asText());

  private Order() {}

  private static int place(String kind) {
    if (FIRST.contains(kind)) {
      return FIRST.indexOf(kind);
    }
    int last = LAST.indexOf(kind);
    return last < 0 ? FIRST.size() : FIRST.size() + 1 + last;
  }
}
