package io.jkube.apiserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.client.Transport.WatchStream;
import io.jkube.controller.TestCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods by their nodes: what one node's watch and list see, however many others there are. */
final class FieldIndexTest {
  private final TestCluster cluster = new TestCluster();

  @BeforeEach
  void prepare() {
    cluster.namespace("default");
    cluster.namespace("other");
    for (var namespace : List.of("default", "other")) {
      cluster.create(
          Resources.SERVICE_ACCOUNTS,
          "{'metadata':{'name':'default','namespace':'" + namespace + "'}}");
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aWatchOfOneNodeSeesPodsComeChangeAndGo() throws InterruptedException {
    try (var watch = watch("a")) {
      pod("default", "waiting", "");
      pod("default", "elsewhere", "b");
      pod("default", "here", "a");
      bind("waiting", "a");
      remove("elsewhere");
      remove("here");
      assertEquals("ADDED here", next(watch));
      assertEquals("ADDED waiting", next(watch));
      assertEquals("DELETED here", next(watch));
    }
  }

  @Test
  void aWatchThatComesBackSeesWhatItMissed() throws InterruptedException {
    var since = cluster.client.list(Resources.PODS, "", ListOptions.ALL).resourceVersion();
    pod("default", "elsewhere", "b");
    pod("default", "here", "a");
    var from = ListOptions.fields("spec.nodeName=a").withResourceVersion(since);
    try (var watch = cluster.client.watch(Resources.PODS, "", from)) {
      assertEquals("ADDED here", next(watch));
      pod("other", "there", "a");
      assertEquals("ADDED there", next(watch));
    }
  }

  @Test
  void aListOfOneNodeHasItsPodsInOrderAndOfItsNamespace() {
    pod("default", "y", "a");
    pod("default", "x", "a");
    pod("default", "w", "b");
    pod("other", "v", "a");
    assertEquals(List.of("x", "y", "v"), names("", "spec.nodeName=a"));
    assertEquals(List.of("x", "y"), names("default", "spec.nodeName=a"));
    assertEquals(List.of("w"), names("", "spec.nodeName!=a"));
    assertEquals(List.of("y"), names("", "spec.nodeName=a,metadata.name=y"));
    remove("x");
    assertEquals(List.of("y"), names("default", "spec.nodeName=a"));
    assertEquals(List.of(), names("", "spec.nodeName=nobody"));
  }

  private WatchStream watch(String node) {
    var since = cluster.client.list(Resources.PODS, "", ListOptions.ALL).resourceVersion();
    var options = ListOptions.fields("spec.nodeName=" + node).withResourceVersion(since);
    return cluster.client.watch(Resources.PODS, "", options);
  }

  private static String next(WatchStream watch) throws InterruptedException {
    var event = watch.next();
    return event.type() + " " + Json.key(event.object()).name();
  }

  private List<String> names(String namespace, String fields) {
    return cluster
        .client
        .list(Resources.PODS, namespace, ListOptions.fields(fields))
        .items()
        .stream()
        .map(pod -> Json.key(pod).name())
        .toList();
  }

  private void pod(String namespace, String name, String node) {
    cluster.create(
        Resources.PODS,
        "{'metadata':{'name':'%s','namespace':'%s'},'spec':{'nodeName':'%s','containers':[{'name':'c','image':'i'}]}}"
            .formatted(name, namespace, node));
  }

  private void bind(String name, String node) {
    ObjectNode binding =
        TestCluster.json(
            "{'apiVersion':'v1','kind':'Binding','metadata':{'name':'%s'},'target':{'kind':'Node','name':'%s'}}"
                .formatted(name, node));
    cluster.client.create(Resources.PODS, new ObjectKey("default", name), "binding", binding);
  }

  private void remove(String name) {
    cluster.client.delete(Resources.PODS, new ObjectKey("default", name), DeleteOptions.grace(0));
  }
}
