package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.Security;
import io.jkube.apiserver.ServerParts;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import io.jkube.cluster.InProcessTransport;
import io.jkube.registry.builtin.BuiltinKinds;
import io.jkube.registry.openapi.OpenApiDocuments;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.SchemaEngine;
import io.jkube.scheduler.Scheduler;
import io.jkube.store.Store;
import io.jkube.store.embedded.EmbeddedStore;
import io.jkube.trace.PodTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * How fast waiting pods get nodes: the scheduler as it is, in this process, on an API server with a
 * durable store, without kubelets and controllers. The clock runs from the scheduler's start until
 * the last binding is on disk.
 */
record SchedulerRate(Lab lab) {
  private static final int PODS = 5_000;
  private static final int NODES = 500;
  private static final int FEW_NODES = 100;
  private static final int MANY_NODES = 1_000;
  private static final int WARM_UP_PODS = 3_000;
  private static final double LEAST_PER_SECOND = 1_500;
  private static final double MOST_TIMES_FEW = 1.25;

  List<Finding> measure() throws Exception {
    podsPerSecond(WARM_UP_PODS, NODES);
    double few = podsPerSecond(PODS, FEW_NODES);
    double rate = podsPerSecond(PODS, NODES);
    double many = podsPerSecond(PODS, MANY_NODES);
    return List.of(
        Finding.Measured.of(
                "%,d pods scheduled on %d nodes".formatted(PODS, NODES), Unit.PER_SECOND, rate)
            .mustReach(new Target.AtLeast(LEAST_PER_SECOND))
            .noted("scheduler and API server alone, durable store"),
        Finding.Measured.of(
                "a pod on %,d nodes".formatted(MANY_NODES), Unit.MILLISECONDS, 1_000 / many)
            .beside("on %d nodes".formatted(FEW_NODES), 1_000 / few)
            .mustReach(new Target.RatioAtMost(MOST_TIMES_FEW))
            .noted("the cost of a pod is to stay the same"));
  }

  private double podsPerSecond(int pods, int nodes) throws Exception {
    var folder = Files.createTempDirectory(lab.folder(), "scheduler");
    try (Store store = EmbeddedStore.open(folder, Clock.systemUTC());
        var chain = chain(store)) {
      var client = new ApiClient(new InProcessTransport(chain, UserInfo.of("bench"), "bench"));
      fill(client, pods, nodes);
      return pods / (nanosToBind(client, pods) / 1e9);
    }
  }

  private static long nanosToBind(ApiClient client, int pods) throws Exception {
    var from = client.list(Resources.PODS, "", ListOptions.ALL).resourceVersion();
    var since = ListOptions.ALL.withResourceVersion(from);
    var traces = new PodTraces(Clock.systemUTC(), 1, 1);
    try (var watch = client.watch(Resources.PODS, "default", since);
        var scheduler = new Scheduler(client, Clock.systemUTC(), traces)) {
      long begin = System.nanoTime();
      scheduler.start();
      var bound = new HashSet<String>();
      while (bound.size() < pods) {
        var event = watch.next();
        if (event == null) {
          throw new IOException(pods - bound.size() + " pods are not bound");
        }
        if (event.object().path("spec").has("nodeName")) {
          bound.add(Json.key(event.object()).name());
        }
      }
      return System.nanoTime() - begin;
    }
  }

  private static void fill(ApiClient client, int pods, int nodes) {
    client.create(Resources.NAMESPACES, named("default"));
    var account = named("default");
    account.withObject("metadata").put("namespace", "default");
    client.create(Resources.SERVICE_ACCOUNTS, account);
    for (int i = 0; i < nodes; i++) {
      client.create(Resources.NODES, node("node-" + i));
    }
    var waiting = new ArrayList<ObjectNode>();
    for (int i = 0; i < pods; i++) {
      waiting.add(pod("pod-" + i));
    }
    waiting.parallelStream().forEach(pod -> client.create(Resources.PODS, pod));
  }

  private static ObjectNode pod(String name) {
    var pod = SampleObjects.pod(name, "busybox:1.36");
    pod.withObject("metadata").put("namespace", "default");
    var requests = Json.object().put("cpu", "100m").put("memory", "500Mi");
    pod.withArray("/spec/containers").get(0).withObject("resources").set("requests", requests);
    return pod;
  }

  private static ObjectNode node(String name) {
    var node = named(name);
    node.withObject("/metadata/labels").put("kubernetes.io/hostname", name);
    var size = Json.object().put("cpu", "32").put("memory", "256Gi").put("pods", "110");
    node.withObject("status").set("capacity", size);
    node.withObject("status").set("allocatable", size.deepCopy());
    return node;
  }

  private static ObjectNode named(String name) {
    var object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static FilterChain chain(Store store) {
    var catalog = BuiltinKinds.catalog(Clock.systemUTC());
    var definitions = new BuiltinDefinitions();
    return FilterChain.over(
        new ServerParts(
            store,
            catalog,
            new SchemaEngine(definitions),
            new OpenApiDocuments(catalog, definitions, "v1.35.0"),
            Security.open(new StaticTokens(Map.of())),
            KubeletConnection.NONE,
            new PodTraces(Clock.systemUTC(), 1, 1),
            Clock.systemUTC(),
            "bench",
            Map.of()));
  }
}
