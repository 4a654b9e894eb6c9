package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.admission.PodTopologyLabels;
import java.time.InstantSource;

/** POST of {@code pods/binding}: gives a pod its node, once and for all. */
public record Binding(Mutations mutations, StoredObjects others, InstantSource clock)
    implements Verb {
  @Override
  public Reply handle(ResourceCall call) {
    var binding = BodyReader.object(call);
    var node = node(binding);
    mutations.update(call, Part.AS_IT_IS, pod -> bound(call, pod, node, binding));
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return call.created(new TreeDocument(status.put("status", "Success").put("code", 201)));
  }

  private static String node(ObjectNode binding) {
    var target = binding.path("target");
    var kind = target.path("kind").asText();
    var violations = new Violations();
    if (!kind.isEmpty() && !kind.equals("Node")) {
      violations.notSupported("target.kind", kind, java.util.List.of("Node", "<empty>"));
    }
    if (target.path("name").asText().isEmpty()) {
      violations.required("target.name", "");
    }
    violations.throwIfAny(
        new io.jkube.api.GroupVersionKind("", "v1", "Binding"),
        binding.at("/metadata/name").asText());
    return target.path("name").asText();
  }

  private ObjectNode bound(ResourceCall call, ObjectNode pod, String node, ObjectNode binding) {
    var uid = binding.at("/metadata/uid").asText();
    if (!uid.isEmpty() && !uid.equals(Tree.text(pod, "/metadata/uid"))) {
      throw conflict(
          call,
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Tree.text(pod, "/metadata/uid"));
    }
    if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
      throw conflict(
          call, "pod " + call.info().name() + " is being deleted, cannot be assigned to a host");
    }
    var before = Tree.text(pod, "/spec/nodeName");
    if (!before.isEmpty()) {
      throw conflict(
          call, "pod " + call.info().name() + " is already assigned to node \"" + before + "\"");
    }
    if (Tree.size(pod, "/spec/schedulingGates") > 0) {
      throw conflict(call, "pod " + call.info().name() + " has non-empty .spec.schedulingGates");
    }
    var next = pod.deepCopy();
    Tree.child(next, "metadata").remove("resourceVersion");
    copyAnnotations(binding, next);
    Tree.child(next, "spec").put("nodeName", node);
    PodTopologyLabels.bind(next, binding, others);
    setScheduled(next);
    return next;
  }

  private static void copyAnnotations(ObjectNode binding, ObjectNode pod) {
    for (var annotation : binding.at("/metadata/annotations").properties()) {
      Tree.child(Tree.child(pod, "metadata"), "annotations")
          .set(annotation.getKey(), annotation.getValue());
    }
  }

  private void setScheduled(ObjectNode pod) {
    var conditions = Tree.child(pod, "status").withArray("conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).path("type").asText().equals("PodScheduled")) {
        conditions.remove(i);
      }
    }
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "True")
        .putNull("lastProbeTime")
        .put("lastTransitionTime", Timestamps.seconds(clock.instant()));
  }

  private static ApiException conflict(ResourceCall call, String why) {
    return new ApiException(
        StatusReason.CONFLICT,
        "Operation cannot be fulfilled on pods/binding \"" + call.info().name() + "\": " + why,
        Json.object().put("name", call.info().name()).put("kind", "pods/binding"));
  }
}
