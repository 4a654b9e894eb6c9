package io.jkube.controller.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;

/**
 * Approves requests of kubelets for their own client certificates, where roles allow the kubelet or
 * who brings it up to get them. The names it works on are CertificateSigningRequests.
 */
public final class NodeApprover implements Reconciler {
  private static final int WORKERS = 1;
  private static final GroupVersionResource REVIEWS =
      new GroupVersionResource("authorization.k8s.io", "v1", "subjectaccessreviews");

  private final ApiClient client;
  private final Informer<ObjectNode> requests;

  private NodeApprover(ApiClient client, Informer<ObjectNode> requests) {
    this.client = client;
    this.requests = requests;
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var requests = informers.of(Resources.SIGNING_REQUESTS);
    var approver = new NodeApprover(client, requests);
    var runner = new ControllerRunner("csrapproving", approver, WORKERS, clock);
    return runner.follow(requests, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var found = requests.get(key).map(RequestState::new);
    if (found.isEmpty() || found.get().isDecided() || !isOfANode(found.get())) {
      return Result.done();
    }
    var state = found.get();
    boolean own = state.user().equals(state.request().commonName());
    if (own && isAllowed(state, "selfnodeclient")) {
      approve(state, "Auto approving self kubelet client certificate after SubjectAccessReview.");
    } else if (isAllowed(state, "nodeclient")) {
      approve(state, "Auto approving kubelet client certificate after SubjectAccessReview.");
    }
    return Result.done();
  }

  private static boolean isOfANode(RequestState state) {
    return ClusterSigner.named(state.signer())
            .filter(ClusterSigner.KUBELET_CLIENT::equals)
            .isPresent()
        && ClusterSigner.KUBELET_CLIENT.refusal(state.request(), state.usages()).isEmpty();
  }

  private boolean isAllowed(RequestState state, String subresource) {
    var review = Json.object().put("apiVersion", "authorization.k8s.io/v1");
    review.put("kind", "SubjectAccessReview");
    var spec = review.putObject("spec").put("user", state.user());
    for (var field : new String[] {"uid", "groups", "extra"}) {
      if (state.object().path("spec").has(field)) {
        spec.set(field, state.object().path("spec").get(field));
      }
    }
    spec.putObject("resourceAttributes")
        .put("verb", "create")
        .put("group", "certificates.k8s.io")
        .put("version", "*")
        .put("resource", "certificatesigningrequests")
        .put("subresource", subresource);
    return client.create(REVIEWS, review).at("/status/allowed").asBoolean();
  }

  private void approve(RequestState state, String message) {
    client
        .resource(Resources.SIGNING_REQUESTS)
        .updateSubresource("approval", state.with("Approved", "AutoApproved", message));
  }
}
