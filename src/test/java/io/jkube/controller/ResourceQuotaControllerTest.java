package io.jkube.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.client.DeleteOptions;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lives of objects as the status of a quota tells them. */
@Timeout(30)
final class ResourceQuotaControllerTest {
  private static final GroupVersionResource QUOTAS =
      new GroupVersionResource("", "v1", "resourcequotas");
  private static final GroupVersionResource MAPS = new GroupVersionResource("", "v1", "configmaps");
  private static final ObjectKey QUOTA = new ObjectKey("default", "q");

  private final TestCluster cluster = new TestCluster();
  private final SharedInformers informers = new SharedInformers(cluster.client);

  @BeforeEach
  void start() {
    cluster.namespace("default");
    informers.start();
  }

  @AfterEach
  void close() {
    informers.close();
    cluster.close();
  }

  private void awaitUsed(String expected) {
    JsonNode wanted = Json.parse(expected.replace('\'', '"').getBytes());
    while (!cluster.client.get(QUOTAS, QUOTA).at("/status/used").equals(wanted)) {
      cluster.clock.pass(Duration.ofSeconds(1));
      Thread.yield();
    }
  }

  @Test
  void tellsWhatIsUsedAndGivesBackWhatIsGone() {
    cluster.create(MAPS, "{'metadata':{'name':'before','namespace':'default'}}");
    try (var _ = ResourceQuotaController.runner(cluster.client, informers, cluster.clock).start()) {
      cluster.create(
          QUOTAS,
          "{'metadata':{'name':'q','namespace':'default'},'spec':{'hard':{'configmaps':'3','count/jobs.batch':'1','resourcequotas':'1','pods':'2'}}}");
      awaitUsed("{'configmaps':'1','count/jobs.batch':'0','pods':'0','resourcequotas':'1'}");
      cluster.create(MAPS, "{'metadata':{'name':'a','namespace':'default'}}");
      var charged = cluster.client.get(QUOTAS, QUOTA);
      assertEquals("2", charged.at("/status/used/configmaps").asText(), "by admission, at once");
      cluster.client.delete(MAPS, new ObjectKey("default", "before"), DeleteOptions.DEFAULT);
      awaitUsed("{'configmaps':'1','count/jobs.batch':'0','pods':'0','resourcequotas':'1'}");
      var quota = cluster.client.get(QUOTAS, QUOTA);
      ((com.fasterxml.jackson.databind.node.ObjectNode) quota.at("/spec/hard")).remove("pods");
      cluster.client.update(QUOTAS, quota);
      awaitUsed("{'configmaps':'1','count/jobs.batch':'0','resourcequotas':'1'}");
    }
  }
}
