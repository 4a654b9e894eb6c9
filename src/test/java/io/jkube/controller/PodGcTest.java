package io.jkube.controller;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which pods are collected, and that others are not. */
@Timeout(30)
final class PodGcTest {
  private final TestCluster cluster = new TestCluster();

  @BeforeEach
  void namespace() {
    cluster.namespace("team");
    cluster.create(
        Resources.SERVICE_ACCOUNTS, "{'metadata':{'namespace':'team','name':'default'}}");
    cluster.create(Resources.NODES, "{'metadata':{'name':'here'}}");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void podsOfANodeThatIsGoneFailAndAreDeleted() throws InterruptedException {
    cluster.create(Resources.NODES, "{'metadata':{'name':'gone'}}");
    pod("stays", "here");
    pod("lost", "gone");
    cluster.create(Resources.NODES, "{'metadata':{'name':'signal'}}");
    var since = cluster.client.list(Resources.PODS, "", ListOptions.ALL).resourceVersion();
    try (var watch =
            cluster.client.watch(Resources.PODS, "", ListOptions.ALL.withResourceVersion(since));
        var informers = new SharedInformers(cluster.client);
        var runner = PodGc.runner(cluster.client, informers, cluster.clock, PodGc.MAX_ENDED_PODS)) {
      cluster.client.resource(Resources.NODES).delete(ObjectKey.cluster("gone"));
      informers.start();
      runner.start();
      sweepUntilGone(new ObjectKey("team", "lost"));
      ObjectNode last = null;
      for (var event = watch.next(); !event.type().equals("DELETED"); event = watch.next()) {
        last = event.object();
      }
      assertEquals("Failed", last.at("/status/phase").asText());
      var condition = Conditions.find(last, "DisruptionTarget");
      assertEquals("DeletionByPodGC", condition.path("reason").asText());
      assertEquals("PodGC: node no longer exists", condition.path("message").asText());
    }
    assertTrue(cluster.client.find(Resources.PODS, new ObjectKey("team", "stays")).isPresent());
  }

  @Test
  void theOldestOfTooManyEndedPodsGo() throws InterruptedException {
    for (var name : new String[] {"first", "second", "third"}) {
      pod(name, "here");
      cluster
          .client
          .resource(Resources.PODS)
          .patchStatus(
              new ObjectKey("team", name), Patch.merge(json("{'status':{'phase':'Succeeded'}}")));
      cluster.clock.pass(Duration.ofSeconds(1));
    }
    pod("running", "here");
    try (var informers = new SharedInformers(cluster.client);
        var _ = PodGc.runner(cluster.client, informers, cluster.clock, 1).start()) {
      informers.start();
      cluster.awaitGone(Resources.PODS, new ObjectKey("team", "first"));
      cluster.awaitGone(Resources.PODS, new ObjectKey("team", "second"));
    }
    assertEquals(2, cluster.client.list(Resources.PODS, "", ListOptions.ALL).items().size());
  }

  private void pod(String name, String node) {
    cluster.create(
        Resources.PODS,
        "{'metadata':{'namespace':'team','name':'"
            + name
            + "'},'spec':{'nodeName':'"
            + node
            + "','containers':[{'name':'c','image':'busybox'}]}}");
  }

  /** Lets time pass, and calls for sweeps by deleting a node. */
  private void sweepUntilGone(ObjectKey pod) {
    while (cluster.client.find(Resources.PODS, pod).isPresent()) {
      cluster.clock.pass(PodGc.NODE_AWAY);
      cluster.client.resource(Resources.NODES).delete(ObjectKey.cluster("signal"));
      cluster.create(Resources.NODES, "{'metadata':{'name':'signal'}}");
    }
  }
}
