package io.jkube.kubelet.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import java.time.Instant;

/** The node's Lease: a cheap sign of life (Kubernetes: "Heartbeats"). For one thread. */
final class NodeLease {
  static final String NAMESPACE = "kube-node-lease";
  private static final int DURATION_SECONDS = 40;

  private final ApiClient client;
  private final String node;
  private final String nodeUid;
  private ObjectNode last;

  NodeLease(ApiClient client, String node, String nodeUid) {
    this.client = client;
    this.node = node;
    this.nodeUid = nodeUid;
  }

  void renew(Instant now) {
    var key = new ObjectKey(NAMESPACE, node);
    if (last == null) {
      last = client.find(Resources.LEASES, key).orElse(null);
    }
    try {
      last =
          last == null
              ? client.create(Resources.LEASES, renewed(empty(), now))
              : client.update(Resources.LEASES, renewed(last.deepCopy(), now));
    } catch (ApiException failure) {
      last = null;
      if (failure.reason() != StatusReason.CONFLICT) {
        throw failure;
      }
      // Someone else wrote it; the next beat reads it first.
    }
  }

  private ObjectNode empty() {
    var lease = Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    var metadata = lease.putObject("metadata").put("name", node).put("namespace", NAMESPACE);
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", node)
        .put("uid", nodeUid);
    return lease;
  }

  private ObjectNode renewed(ObjectNode lease, Instant now) {
    lease
        .withObject("spec")
        .put("holderIdentity", node)
        .put("leaseDurationSeconds", DURATION_SECONDS)
        .put("renewTime", Timestamps.micros(now));
    return lease;
  }
}
