package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.client.ApiCall;
import io.jkube.client.Patch;
import io.jkube.client.Transport.WatchEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Clusters of a size that no laptop has: nodes and pods in name only. */
record Scale() implements Figure {
  private static final int NODES = 500;
  private static final int REPLICAS = 1_000;
  private static final int IDLE_PODS = 5_000;
  private static final int MANY_REPLICAS = 10_000;
  private static final int OBJECTS = 10_000;
  private static final int CREATORS = 16;
  private static final int IDLE_SECONDS = 20;
  private static final long SETTLE_MILLIS = 10_000;
  private static final String LIMIT_SECONDS = "120";

  private static final double MOST_REPLICAS_MILLIS = 5_000;
  private static final double MOST_MANY_MILLIS = 40_000;
  private static final double MOST_UPDATE_MILLIS = 15_000;
  private static final double MOST_DELETION_MILLIS = 10_000;
  private static final double MOST_IDLE_PERCENT = 5;

  @Override
  public String word() {
    return "scale";
  }

  @Override
  public String title() {
    return NODES + " nodes and thousands of pods of the fake runtime";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var findings = new ArrayList<>(new SchedulerRate(lab).measure());
    var flags = new String[] {"--runtime", "fake", "--nodes", "" + NODES, "--wait", "2m"};
    try (var cluster = lab.cluster(flags)) {
      new Run(cluster, new ProcessCpu(cluster.pid()), findings).all();
    }
    return findings;
  }

  /** One measurement on one cluster. */
  private record Run(RunningCluster cluster, ProcessCpu cpu, List<Finding> findings) {
    private static final String ANOTHER_TEMPLATE =
        """
        {"spec": {"template": {"metadata": {"annotations": {"bench": "again"}}}}}
        """;

    /** What is to be waited for, and until when. */
    private record Wait(String path, String name, Predicate<WatchEvent> until) {}

    void all() throws Exception {
      namespace("scale");
      deploy("scale", "first", REPLICAS, MOST_REPLICAS_MILLIS);
      update("scale", "first");
      scaleTo("scale", "first", IDLE_PODS);
      idle();
      delete("scale", "namespace with %,d pods".formatted(IDLE_PODS), new Target.Reported());
      namespace("many");
      deploy("many", "second", MANY_REPLICAS, MOST_MANY_MILLIS);
      namespace("objects");
      fill("objects");
      var target = new Target.AtMost(MOST_DELETION_MILLIS);
      delete("objects", "namespace with %,d objects deleted".formatted(OBJECTS), target);
    }

    private void deploy(String namespace, String name, int replicas, double limit)
        throws Exception {
      var deployment = SampleObjects.deployment(name, replicas);
      record(
          "Deployment of %,d replicas, all Running".formatted(replicas),
          new Target.AtMost(limit),
          available(namespace, name, replicas),
          () -> cluster.send("POST", deployments(namespace), deployment));
    }

    private void update(String namespace, String name) throws Exception {
      var changed = Json.parse(ANOTHER_TEMPLATE.getBytes(StandardCharsets.UTF_8));
      record(
          "rolling update of %,d replicas".formatted(REPLICAS),
          new Target.AtMost(MOST_UPDATE_MILLIS),
          new Wait(deployments(namespace), name, Run::isUpdated),
          () -> merge(deployments(namespace) + "/" + name, changed));
    }

    private void scaleTo(String namespace, String name, int replicas) throws Exception {
      var change = Json.object();
      change.putObject("spec").put("replicas", replicas);
      await(
          available(namespace, name, replicas),
          () -> merge(deployments(namespace) + "/" + name, change));
    }

    private void idle() throws Exception {
      Thread.sleep(SETTLE_MILLIS);
      double before = cpu.seconds();
      Thread.sleep(IDLE_SECONDS * 1_000L);
      double percent = (cpu.seconds() - before) / IDLE_SECONDS * 100;
      findings.add(
          Finding.Measured.of("processor at idle, of one core", Unit.PERCENT, percent)
              .mustReach(new Target.AtMost(MOST_IDLE_PERCENT))
              .noted("%,d pods, %d nodes, %d s".formatted(IDLE_PODS, NODES, IDLE_SECONDS)));
      findings.add(
          Finding.Measured.of(
                  "server memory with %,d pods (RSS)".formatted(IDLE_PODS),
                  Unit.MEBIBYTES,
                  IdleMemory.residentMebibytes(cluster.pid()))
              .noted("%d nodes".formatted(NODES)));
    }

    private void delete(String namespace, String what, Target target) throws Exception {
      var path = "/api/v1/namespaces";
      record(
          what,
          target,
          new Wait(path, namespace, event -> event.type().equals("DELETED")),
          () -> cluster.send("DELETE", path + "/" + namespace, null));
    }

    private void fill(String namespace) throws Exception {
      var path = "/api/v1/namespaces/" + namespace + "/configmaps";
      var tasks = new ArrayList<Callable<Object>>();
      for (int creator = 0; creator < CREATORS; creator++) {
        int first = creator;
        tasks.add(
            () -> {
              for (int i = first; i < OBJECTS; i += CREATORS) {
                cluster.send("POST", path, SampleObjects.configMap("object-" + i, 100));
              }
              return null;
            });
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var done : threads.invokeAll(tasks)) {
          done.get();
        }
      } catch (ExecutionException failure) {
        throw new IOException(failure.getCause());
      }
    }

    private void record(String what, Target target, Wait wait, Callable<?> begin) throws Exception {
      double cpuBefore = cpu.seconds();
      long nanos = await(wait, begin);
      findings.add(
          Finding.Measured.of(what, Unit.MILLISECONDS, nanos / 1e6)
              .mustReach(target)
              .noted("%d nodes, %.1f s of processor".formatted(NODES, cpu.seconds() - cpuBefore)));
    }

    /** From the beginning until the object is as wanted. */
    private long await(Wait wait, Callable<?> begin) throws Exception {
      var version =
          cluster.send("GET", wait.path, null).path("metadata").path("resourceVersion").asText();
      var query =
          Map.of(
              "resourceVersion", List.of(version),
              "fieldSelector", List.of("metadata.name=" + wait.name),
              "timeoutSeconds", List.of(LIMIT_SECONDS));
      try (var watch = cluster.api().watch(ApiCall.of("GET", wait.path, query, null))) {
        long from = System.nanoTime();
        begin.call();
        for (var event = watch.next(); event != null; event = watch.next()) {
          if (wait.until.test(event)) {
            return System.nanoTime() - from;
          }
        }
      }
      throw new IOException(wait.name + " is not as wanted within " + LIMIT_SECONDS + " s");
    }

    private ObjectNode merge(String path, ObjectNode change) {
      var patch = Patch.merge(change);
      return cluster
          .api()
          .send(
              new ApiCall(
                  "PATCH", path, Map.of(), ApiCall.JSON, patch.contentType(), patch.body()));
    }

    private void namespace(String name) {
      var namespace = Json.object();
      namespace.putObject("metadata").put("name", name);
      cluster.send("POST", "/api/v1/namespaces", namespace);
    }

    private static Wait available(String namespace, String name, int replicas) {
      return new Wait(
          deployments(namespace),
          name,
          event -> event.object().path("status").path("availableReplicas").asInt() == replicas);
    }

    private static boolean isUpdated(WatchEvent event) {
      var status = event.object().path("status");
      return status.path("updatedReplicas").asInt() == REPLICAS
          && status.path("availableReplicas").asInt() == REPLICAS
          && status.path("replicas").asInt() == REPLICAS
          && event.object().at("/metadata/generation").asInt() > 1
          && status.path("observedGeneration").equals(event.object().at("/metadata/generation"));
    }

    private static String deployments(String namespace) {
      return "/apis/apps/v1/namespaces/" + namespace + "/deployments";
    }
  }
}
