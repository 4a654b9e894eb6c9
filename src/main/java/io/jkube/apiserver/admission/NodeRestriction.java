package io.jkube.apiserver.admission;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.MirrorPods;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.authz.node.NodeIdentity;
import io.jkube.apiserver.authz.node.PodReferences;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;

/**
 * A node writes its own Node, its own lease, and what belongs to the pods bound to it: what the
 * Node authorizer cannot tell without looking at the body.
 */
record NodeRestriction(StoredObjects objects) implements AdmissionPlugin {
  private static final String LEASES = "kube-node-lease";

  @Override
  public void admit(AdmissionRequest request) {
    if (request.operation() == Operation.CONNECT) {
      return;
    }
    var node = NodeIdentity.of(request.user());
    if (node == null) {
      if (request.user().groups().contains("system:nodes")) {
        throw request.forbidden(
            "could not determine node from user \"" + request.user().name() + "\"");
      }
      return;
    }
    switch (request.groupResource()) {
      case "pods" -> pod(node, request);
      case "nodes" -> node(node, request);
      case "serviceaccounts" -> token(node, request);
      case "leases.coordination.k8s.io" -> lease(node, request);
      case "csinodes.storage.k8s.io" -> csiNode(node, request);
      case "resourceslices.resource.k8s.io" -> slice(node, request);
      case "persistentvolumeclaims" -> {
        if (!request.subresource().equals("status")) {
          throw request.forbidden("may only update PVC status");
        }
      }
      default -> {}
    }
  }

  private void pod(String node, AdmissionRequest request) {
    switch (request.subresource()) {
      case "" -> {
        switch (request.operation()) {
          case CREATE -> mirrorPod(node, request);
          case DELETE -> requireOwn(node, request.current(), request, "delete pods");
          case UPDATE ->
              throw request.forbidden(
                  "unexpected operation \"UPDATE\", node \"%s\" can only create and delete mirror pods"
                      .formatted(node));
          case CONNECT -> {}
        }
      }
      case "status" -> {
        requireOwn(node, request.current(), request, "update pod status for pods");
        if (!labels(request.current()).equals(labels(request.object()))) {
          throw request.forbidden("node \"" + node + "\" cannot update labels through pod status");
        }
      }
      case "eviction" -> requireOwn(node, stored(request, request.name()), request, "evict pods");
      case String other ->
          throw request.forbidden(
              "unexpected pod subresource \""
                  + other
                  + "\", only 'status' and 'eviction' are allowed");
    }
  }

  private static void requireOwn(
      String node, ObjectNode pod, AdmissionRequest request, String what) {
    if (!text(pod, "/spec/nodeName").equals(node)) {
      throw request.forbidden(
          "node \"%s\" can only %s with spec.nodeName set to itself".formatted(node, what));
    }
  }

  private ObjectNode stored(AdmissionRequest request, String pod) {
    return objects
        .get(Resources.PODS, new ObjectKey(request.namespace(), pod))
        .orElseThrow(() -> ApiException.notFound(Resources.PODS, pod));
  }

  private static ObjectNode labels(ObjectNode object) {
    return object.at("/metadata/labels") instanceof ObjectNode labels
        ? labels
        : io.jkube.api.Json.object();
  }

  private static void mirrorPod(String node, AdmissionRequest request) {
    var pod = request.object();
    if (!pod.at("/metadata/annotations").has(MirrorPods.ANNOTATION)) {
      throw request.forbidden(
          "pod does not have \"%s\" annotation, node \"%s\" can only create mirror pods"
              .formatted(MirrorPods.ANNOTATION, node));
    }
    requireOwn(node, pod, request, "create pods");
    var owners = Tree.objects(pod, "/metadata/ownerReferences");
    if (owners.size() != 1
        || !text(owners.getFirst(), "/kind").equals("Node")
        || !text(owners.getFirst(), "/name").equals(node)) {
      throw request.forbidden(
          "node \"" + node + "\" can only create pods with an owner reference set to itself");
    }
    refuse(node, request, "a service account", !text(pod, "/spec/serviceAccountName").isEmpty());
    refuse(node, request, "secrets", PodReferences.secrets(pod).findAny().isPresent());
    refuse(node, request, "configmaps", PodReferences.configMaps(pod).findAny().isPresent());
    refuse(
        node, request, "persistentvolumeclaims", PodReferences.claims(pod).findAny().isPresent());
  }

  private static void refuse(String node, AdmissionRequest request, String what, boolean has) {
    if (has) {
      throw request.forbidden("node \"" + node + "\" can not create pods that reference " + what);
    }
  }

  private static void node(String node, AdmissionRequest request) {
    if (!request.name().equals(node)) {
      throw request.forbidden(
          "node \"%s\" is not allowed to modify node \"%s\"".formatted(node, request.name()));
    }
    switch (request.operation()) {
      case CREATE -> {
        var forbidden = NodeLabels.forbidden(request.object(), null);
        if (!forbidden.isEmpty()) {
          throw request.forbidden(
              "node \"%s\" is not allowed to set the following labels: %s"
                  .formatted(node, String.join(", ", forbidden)));
        }
      }
      case UPDATE -> {
        if (!request.object().at("/spec/taints").equals(request.current().at("/spec/taints"))) {
          throw request.forbidden("node \"" + node + "\" is not allowed to modify taints");
        }
        var forbidden = NodeLabels.forbidden(request.object(), request.current());
        if (!forbidden.isEmpty()) {
          throw request.forbidden(
              "is not allowed to modify labels: " + String.join(", ", forbidden));
        }
      }
      case DELETE, CONNECT -> {}
    }
  }

  private void token(String node, AdmissionRequest request) {
    if (request.operation() != Operation.CREATE || !request.subresource().equals("token")) {
      return;
    }
    var reference = request.object().at("/spec/boundObjectRef");
    if (!text(reference, "/apiVersion").equals("v1")
        || !text(reference, "/kind").equals("Pod")
        || text(reference, "/name").isEmpty()) {
      throw request.forbidden("node requested token not bound to a pod");
    }
    var uid = text(reference, "/uid");
    if (uid.isEmpty()) {
      throw request.forbidden("node requested token with a pod binding without a uid");
    }
    var pod = stored(request, text(reference, "/name"));
    if (!uid.equals(text(pod, "/metadata/uid"))) {
      throw request.forbidden(
          "the UID in the bound object reference (%s) does not match the UID in record. The object might have been deleted and then recreated"
              .formatted(uid));
    }
    if (!text(pod, "/spec/nodeName").equals(node)) {
      throw request.forbidden("node requested token bound to a pod scheduled on a different node");
    }
  }

  private static void lease(String node, AdmissionRequest request) {
    if (!request.namespace().equals(LEASES)) {
      throw request.forbidden("can only access leases in the \"" + LEASES + "\" system namespace");
    }
    if (!request.name().equals(node)) {
      throw request.forbidden(
          "can only access node lease with the same name as the requesting node");
    }
  }

  private static void csiNode(String node, AdmissionRequest request) {
    if (!request.name().equals(node)) {
      throw request.forbidden("can only access CSINode with the same name as the requesting node");
    }
  }

  private static void slice(String node, AdmissionRequest request) {
    if (request.operation() == Operation.CREATE
        && !text(request.object(), "/spec/nodeName").equals(node)) {
      throw request.forbidden(
          "can only create ResourceSlice with the same NodeName as the requesting node");
    }
  }
}
