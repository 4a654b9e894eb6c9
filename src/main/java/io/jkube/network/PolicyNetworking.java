package io.jkube.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.network.policy.PolicyNamespace;
import io.jkube.network.policy.PolicyPod;
import io.jkube.network.policy.PolicyTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the consumer of the newest network policies and whom they are about. Follows pods and
 * namespaces from the first policy on only.
 */
public final class PolicyNetworking implements AutoCloseable {
  /** As whom it asks the API. */
  public static final String NAME = "network-policy-controller";

  private static final Logger LOG = LoggerFactory.getLogger(PolicyNetworking.class);
  private static final Duration SYNC_WAIT = Duration.ofSeconds(10);

  private final PolicyConsumer consumer;
  private final PolicyPod names;
  private final Informer<ObjectNode> policies;
  private final Informer<PolicyPod> pods;
  private final Informer<PolicyNamespace> namespaces;
  private final ChangeLoop loop = new ChangeLoop("network-policies", this::tell);

  // Of the loop's thread.
  private boolean following;
  private String lastFailure = "";

  /**
   * @param client that may list and watch policies, pods and namespaces
   * @param names what stands for the pod that answers for names
   */
  public PolicyNetworking(ApiClient client, PolicyPod names, PolicyConsumer consumer) {
    this.consumer = consumer;
    this.names = names;
    this.policies = Informer.of(client, Resources.NETWORK_POLICIES).build();
    this.pods = Informer.of(client, Resources.PODS, PolicyPod::of).build();
    this.namespaces = Informer.of(client, Resources.NAMESPACES, PolicyNamespace::of).build();
    policies.addHandler(ObjectHandler.onEvery((key, any) -> loop.changed()));
    pods.addHandler(new Differences<>(loop::changed));
    namespaces.addHandler(new Differences<>(loop::changed));
  }

  /** Begins; does not wait. */
  public PolicyNetworking start() {
    policies.start();
    loop.start();
    return this;
  }

  @Override
  public void close() {
    loop.close();
    policies.close();
    pods.close();
    namespaces.close();
  }

  private boolean tell() throws InterruptedException {
    try {
      if (!policies.awaitSynced(SYNC_WAIT) || !follow()) {
        return false;
      }
      consumer.accept(table());
      lastFailure = "";
      return true;
    } catch (IOException | RuntimeException failure) {
      failed(failure.toString());
      return false;
    }
  }

  private boolean follow() throws InterruptedException {
    if (!following && !policies.list().isEmpty()) {
      following = true;
      pods.start();
      namespaces.start();
    }
    return !following || pods.awaitSynced(SYNC_WAIT) && namespaces.awaitSynced(SYNC_WAIT);
  }

  private PolicyTable table() {
    var all = new ArrayList<>(pods.list());
    all.add(names);
    return PolicyTable.of(policies.list(), all, namespaces.list());
  }

  /** Said once, not at every try. */
  private void failed(String failure) {
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      LOG.warn("network policies are not held yet as they should be: {}", failure);
    }
  }
}
