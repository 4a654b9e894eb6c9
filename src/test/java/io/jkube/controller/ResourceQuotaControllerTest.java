package io.jkube.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.client.DeleteOptions;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.util.List;
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

  private static final Duration LIMIT = Duration.ofSeconds(20);

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

  private JsonNode used() {
    return cluster.client.get(QUOTAS, QUOTA).at("/status/used");
  }

  private void awaitUsed(String expected) {
    JsonNode wanted = Json.parse(expected.replace('\'', '"').getBytes());
    long end = System.nanoTime() + LIMIT.toNanos();
    for (var used = used(); !used.equals(wanted); used = used()) {
      if (System.nanoTime() - end > 0) {
        assertEquals(wanted, used, () -> cluster.client.get(QUOTAS, QUOTA).toString());
      }
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
      awaitUsed("{'configmaps':'2','count/jobs.batch':'0','pods':'0','resourcequotas':'1'}");
      cluster.client.delete(MAPS, new ObjectKey("default", "before"), DeleteOptions.DEFAULT);
      awaitUsed("{'configmaps':'1','count/jobs.batch':'0','pods':'0','resourcequotas':'1'}");
      var quota = cluster.client.get(QUOTAS, QUOTA);
      ((com.fasterxml.jackson.databind.node.ObjectNode) quota.at("/spec/hard")).remove("pods");
      cluster.client.update(QUOTAS, quota);
      awaitUsed("{'configmaps':'1','count/jobs.batch':'0','resourcequotas':'1'}");
    }
  }

  /** What each kind's quota is called, where its objects are, and one of them. */
  private static final List<List<String>> LIVES =
      List.of(
          List.of("configmaps", "|v1|configmaps", ""),
          List.of("secrets", "|v1|secrets", ""),
          List.of(
              "services.nodeports",
              "|v1|services",
              ",'spec':{'type':'NodePort','ports':[{'port':80}]}"),
          List.of(
              "replicationcontrollers",
              "|v1|replicationcontrollers",
              ",'spec':{'selector':{'a':'b'},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}"),
          List.of(
              "count/replicasets.apps",
              "apps|v1|replicasets",
              ",'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}"),
          List.of(
              "requests.cpu",
              "|v1|pods",
              ",'spec':{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'1'}}}]}"));

  @Test
  void capturesTheLifeOfEachKind() {
    var account = new GroupVersionResource("", "v1", "serviceaccounts");
    cluster.create(account, "{'metadata':{'name':'default','namespace':'default'}}");
    try (var _ = ResourceQuotaController.runner(cluster.client, informers, cluster.clock).start()) {
      for (var life : LIVES) {
        var name = life.getFirst();
        var parts = life.get(1).split("\\|");
        var resource = new GroupVersionResource(parts[0], parts[1], parts[2]);
        cluster.create(
            QUOTAS,
            "{'metadata':{'name':'q','namespace':'default'},'spec':{'hard':{'" + name + "':'1'}}}");
        awaitUsed("{'" + name + "':'0'}");
        var object = "{'metadata':{'name':'%s','namespace':'default'}" + life.get(2) + "}";
        cluster.create(resource, object.formatted("one"));
        awaitUsed("{'" + name + "':'1'}");
        assertThrows(
            ApiException.class, () -> cluster.create(resource, object.formatted("two")), name);
        cluster.client.delete(
            resource,
            new ObjectKey("default", "one"),
            DeleteOptions.DEFAULT.withPropagation(DeleteOptions.Propagation.BACKGROUND));
        awaitUsed("{'" + name + "':'0'}");
        cluster.client.delete(QUOTAS, QUOTA, DeleteOptions.DEFAULT);
      }
    }
  }
}
