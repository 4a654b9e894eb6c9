package io.jkube.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.Security;
import io.jkube.apiserver.ServerParts;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.cluster.InProcessTransport;
import io.jkube.kubelet.pressure.EvictionSignal;
import io.jkube.kubelet.pressure.NodeFigures.Left;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import io.jkube.testing.InMemoryStore;
import io.jkube.trace.PodTraces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A real API server in this process, and a kubelet on a runtime. Closing it closes both. */
final class TestNode implements AutoCloseable {
  static final String NODE = "node-1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final BuiltinDefinitions DEFINITIONS = new BuiltinDefinitions();

  final MutableClock clock = new MutableClock();
  final PodTraces traces = new PodTraces(clock, 100, 100);
  final ApiClient client;
  final ContainerRuntime runtime;
  private final InMemoryStore store = new InMemoryStore();
  private final FilterChain chain;
  private final Path folder;
  private final UnaryOperator<KubeletConfig> setting;
  private Kubelet kubelet;

  /** What the kubelet finds left on its machine. */
  volatile Map<EvictionSignal, Left> left = Map.of();

  TestNode(ContainerRuntime runtime, Path folder) {
    this(runtime, folder, UnaryOperator.identity());
  }

  /**
   * @param setting what the kubelet is told beyond defaults
   */
  TestNode(ContainerRuntime runtime, Path folder, UnaryOperator<KubeletConfig> setting) {
    this.runtime = runtime;
    this.folder = folder;
    this.setting = setting;
    var catalog = BuiltinKinds.catalog(clock);
    chain =
        FilterChain.over(
            new ServerParts(
                store,
                catalog,
                new SchemaEngine(DEFINITIONS),
                new OpenApiDocuments(catalog, DEFINITIONS, "v1.35.0"),
                Security.open(new StaticTokens(Map.of())),
                KubeletConnection.NONE,
                traces,
                clock,
                "0.1.0",
                Map.of()));
    client = new ApiClient(new InProcessTransport(chain, UserInfo.of("admin", "admins"), "test"));
    for (var namespace : List.of("default", "kube-node-lease")) {
      create(Resources.NAMESPACES, "{'metadata':{'name':'" + namespace + "'}}");
    }
    create(Resources.SERVICE_ACCOUNTS, "{'metadata':{'name':'default','namespace':'default'}}");
    startKubelet();
  }

  void startKubelet() {
    var config = KubeletConfig.of(NODE, "10.0.0.5", folder, "v1.35.0+jkube.0.1.0");
    kubelet = new Kubelet(setting.apply(config), client, runtime, clock, traces, () -> left);
    kubelet.start();
    kubelet.pressureWatch().close(); // looks when a test says so, and at no other time
  }

  void stopKubelet() {
    kubelet.close();
  }

  Kubelet kubelet() {
    return kubelet;
  }

  /** So much is left of it from now on, and the kubelet has looked. */
  void leave(EvictionSignal signal, long available, long capacity) {
    left = Map.of(signal, new Left(available, capacity));
    kubelet.pressureWatch().look();
  }

  /**
   * As {@link #leave}; the kubelet looks until it has chosen a pod: one may still be on its way.
   */
  void leaveUntilOneGoes(EvictionSignal signal, long available, long capacity) {
    left = Map.of(signal, new Left(available, capacity));
    awaitThat(() -> kubelet.pressureWatch().look());
  }

  ObjectNode node() {
    return client.get(Resources.NODES, ObjectKey.cluster(NODE));
  }

  ObjectNode create(GroupVersionResource resource, String json) {
    return client.create(resource, json(json));
  }

  /** A pod on this node; {@code spec} is the inside of its spec. */
  ObjectNode createPod(String name, String spec) {
    return create(
        Resources.PODS,
        "{'metadata':{'name':'%s','namespace':'default'},'spec':{'nodeName':'%s',%s}}"
            .formatted(name, NODE, spec));
  }

  ObjectNode pod(String name) {
    return client.get(Resources.PODS, key(name));
  }

  void delete(String name, long graceSeconds) {
    client.delete(Resources.PODS, key(name), DeleteOptions.grace(graceSeconds));
  }

  /** Waits until the pod is so. */
  ObjectNode await(String name, Predicate<ObjectNode> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var pod = pod(name);
    try (var watch =
        client.watch(
            Resources.PODS,
            "default",
            ListOptions.fields("metadata.name=" + name)
                .withResourceVersion(pod.at("/metadata/resourceVersion").asText()))) {
      var guard = closeLater(watch);
      while (!wanted.test(pod)) {
        var event = watch.next();
        if (event == null || System.nanoTime() > end) {
          throw new AssertionError("the pod never came so: " + pod(name).toPrettyString());
        }
        pod = event.object();
      }
      guard.interrupt();
      return pod;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static Thread closeLater(io.jkube.client.Transport.WatchStream watch) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (!new java.util.concurrent.CountDownLatch(1)
                    .await(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
                  watch.close();
                }
              } catch (InterruptedException done) {
                Thread.currentThread().interrupt();
              }
            });
  }

  ObjectNode awaitPhase(String name, String phase) {
    return await(name, pod -> pod.at("/status/phase").asText().equals(phase));
  }

  /** Waits until a thing outside the API is so. */
  void awaitThat(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the condition never held");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  void awaitGone(String name) {
    awaitThat(() -> client.find(Resources.PODS, key(name)).isEmpty());
  }

  /** {@code Normal Pulled Container image ...} of each event about the pod, oldest first. */
  List<String> events(String pod) {
    var texts = new ArrayList<String>();
    for (var event : client.list(Resources.EVENTS, "default", ListOptions.ALL).items()) {
      if (event.at("/involvedObject/name").asText().equals(pod)) {
        texts.add(
            event.path("type").asText()
                + " "
                + event.path("reason").asText()
                + " "
                + event.path("message").asText());
      }
    }
    return texts;
  }

  void awaitEvent(String pod, String event) {
    awaitEvent(pod, event, event::equals);
  }

  void awaitEventLike(String pod, String beginning) {
    awaitEvent(pod, beginning, text -> text.startsWith(beginning));
  }

  private void awaitEvent(String pod, String event, Predicate<String> wanted) {
    try {
      awaitThat(() -> events(pod).stream().anyMatch(wanted));
    } catch (AssertionError missing) {
      throw new AssertionError("no event '" + event + "' in " + events(pod), missing);
    }
  }

  static JsonNode container(ObjectNode pod, int index) {
    return pod.at("/status/containerStatuses/" + index);
  }

  static JsonNode condition(JsonNode object, String type) {
    for (var condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    throw new AssertionError("no condition " + type + " in " + object);
  }

  static void assertCondition(JsonNode object, String type, String status, String reason) {
    var condition = condition(object, type);
    assertEquals(
        type + " " + status + " " + reason,
        type + " " + condition.path("status").asText() + " " + condition.path("reason").asText());
  }

  static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }

  /** JSON with single quotes. */
  static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    kubelet.close();
    chain.close();
    store.close();
    runtime.close();
  }
}
