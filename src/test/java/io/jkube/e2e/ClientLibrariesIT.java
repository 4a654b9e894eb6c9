package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Programs over the client libraries of Java, Python and JavaScript: they create, patch, apply,
 * page, watch and inform themselves. The pods run in name only.
 */
@Timeout(300)
final class ClientLibrariesIT {
  private static final String CONFLICT =
      "Apply failed with 1 conflict: conflict with \"one\": .data.applied";

  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0", "--runtime", "fake")
        .expectSuccess();
  }

  @AfterAll
  static void stop() throws Exception {
    user.close();
  }

  /** Where a program of the test resources lies. */
  private static String program(String name) throws Exception {
    return Path.of(ClientLibrariesIT.class.getResource("/clients/" + name).toURI()).toString();
  }

  @Test
  void pythonClient() throws Exception {
    assertEquals(
        """
        created {"k": "v"}
        patched {"json": "1", "k": "v", "smart": "1"}
        409 %s
        applied {"applied": "2", "json": "1", "k": "v", "smart": "1"}
        409 Conflict configmaps "python" already exists
        pages True
        watched ADDED python, MODIFIED python, MODIFIED python, MODIFIED python, MODIFIED python, DELETED python
        404 configmaps "python" not found
        410 Expired: too old resource version: 1
        """
            .formatted(CONFLICT),
        user.run(List.of("/usr/bin/python3", program("python.py"))).expectSuccess());
  }

  @Test
  void javaScriptClient() throws Exception {
    var client = Path.of("target/clients/node/node_modules/@kubernetes/client-node/dist/index.js");
    assertTrue(Files.exists(client), client + " is missing: bin/verify fetches it");
    assertEquals(
        """
        created {"k":"v"}
        patched {"json":"1","k":"v","merge":"1","smart":"1"}
        409 %s
        applied {"applied":"2","json":"1","k":"v","merge":"1","smart":"1"}
        404 configmaps "node" not found
        watched ADDED node, MODIFIED node, MODIFIED node, MODIFIED node, MODIFIED node, MODIFIED node, DELETED node
        informed add node delete node
        """
            .formatted(CONFLICT),
        user.run(List.of("node", program("node.mjs"), client.toAbsolutePath().toString()))
            .expectSuccess());
  }

  private static KubernetesClient javaClient() throws Exception {
    var config = Config.fromKubeconfig(Files.readString(user.kubeconfig()));
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static ConfigMap map(Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("java")
        .withNamespace("default")
        .addToLabels("of", "java")
        .endMetadata()
        .withData(data)
        .build();
  }

  private static PatchContext apply(String manager, boolean force) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .withForce(force)
        .build();
  }

  @Test
  void javaClientOfFabric8() throws Exception {
    var watched = new CopyOnWriteArrayList<String>();
    var informed = new CopyOnWriteArrayList<String>();
    try (var client = javaClient();
        var watch =
            client
                .configMaps()
                .inNamespace("default")
                .withLabel("of", "java")
                .watch(into(watched));
        var informer =
            client
                .configMaps()
                .inNamespace("default")
                .withLabel("of", "java")
                .inform(telling(informed))) {
      client.resource(map(Map.of("k", "v"))).create();
      var there = client.configMaps().inNamespace("default").withName("java");
      there.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"merge\":\"1\"}}");
      there.patch(
          PatchContext.of(PatchType.JSON),
          "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"1\"}]");
      there.edit(found -> new ConfigMapBuilder(found).addToData("edited", "1").build());
      client.resource(map(Map.of("applied", "1"))).patch(apply("one", false));
      var refused =
          Assertions.assertThrows(
              KubernetesClientException.class,
              () -> client.resource(map(Map.of("applied", "2"))).patch(apply("two", false)));
      assertEquals(409, refused.getCode());
      assertTrue(refused.getMessage().contains(CONFLICT), refused.getMessage());
      client.resource(map(Map.of("applied", "2"))).patch(apply("two", true));
      var data = new TreeMap<>(Map.of("applied", "2", "edited", "1", "json", "1", "k", "v"));
      data.put("merge", "1");
      assertEquals(data, there.get().getData());
      there.delete();
      user.await("the watch", () -> watched.contains("DELETED java"));
      user.await("the informer", () -> informed.contains("deleted java"));
      assertEquals("ADDED java", watched.getFirst());
      assertEquals(
          6, watched.stream().filter("MODIFIED java"::equals).count() + 1, watched::toString);
      assertEquals("added java", informed.getFirst());
      assertTrue(informer.isWatching());
    }
  }

  private static Watcher<ConfigMap> into(List<String> events) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        events.add(action + " " + map.getMetadata().getName());
      }

      @Override
      public void onClose(WatcherException why) {
        events.add("closed " + why);
      }
    };
  }

  private static ResourceEventHandler<ConfigMap> telling(List<String> events) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(ConfigMap map) {
        events.add("added " + map.getMetadata().getName());
      }

      @Override
      public void onUpdate(ConfigMap before, ConfigMap after) {
        events.add("updated " + after.getMetadata().getName());
      }

      @Override
      public void onDelete(ConfigMap map, boolean unknown) {
        events.add("deleted " + map.getMetadata().getName());
      }
    };
  }
}
