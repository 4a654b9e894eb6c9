package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.client.ApiCall;
import io.jkube.client.Patch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Whether a server grows that works for long: workloads come, change and go at a steady rate. After
 * each part of the time everything is gone, and memory is looked at. The first third fills what is
 * kept on purpose, such as history; then the lowest figure of the second third stands against the
 * lowest of the last, because history is forgotten in leaps.
 */
record Churn(int minutes) implements Figure {
  static final int DEFAULT_MINUTES = 3;

  /** Shorter, history still grows to its bounds. */
  private static final int JUDGED_FROM_MINUTES = 20;

  private static final int PARTS = 12;
  private static final int WORKERS = 4;
  private static final int CYCLES_PER_SECOND = 4;
  private static final int REPLICAS = 3;
  private static final int DATA_BYTES = 2_000;
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final long LONGEST_END_SECONDS = 60;
  private static final double MOST_TIMES = 1.1;
  private static final double KIBI = 1024;
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String EVENTS = "/api/v1/namespaces/default/events";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final List<String> CHURNED =
      List.of(SampleObjects.CONFIG_MAPS, SERVICES, DEPLOYMENTS);

  /** What is held at one moment: the heap behind a full collection, the rest before. */
  private record Held(double heapMebibytes, double residentMebibytes) {}

  @Override
  public String word() {
    return "churn";
  }

  @Override
  public String title() {
    return "memory while workloads come, change and go";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    var heap = Heap.find(lab);
    try (var cluster = lab.cluster("--runtime", "fake")) {
      var held = new ArrayList<Held>();
      int cycles = 0;
      for (int part = 0; part < PARTS; part++) {
        cycles += work(cluster, part);
        awaitNoPods(cluster);
        cluster.clear(EVENTS);
        double resident = IdleMemory.residentMebibytes(cluster.pid());
        double used = heap.usedKibibytes(cluster.pid()) / KIBI;
        held.add(new Held(used, resident));
        lab.say("%d cycles, heap %.1f MiB, RSS %.0f MiB".formatted(cycles, used, resident));
      }
      return findings(held, cycles);
    }
  }

  private List<Finding> findings(List<Held> held, int cycles) {
    int third = PARTS / 3;
    var begin = held.subList(third, 2 * third);
    var end = held.subList(2 * third, PARTS);
    var target =
        minutes < JUDGED_FROM_MINUTES ? new Target.Reported() : new Target.RatioAtMost(MOST_TIMES);
    var note =
        "%d min, %,d times a Deployment, a Service and a ConfigMap".formatted(minutes, cycles);
    return List.of(
        Finding.Measured.of("heap at the end of churn", Unit.MEBIBYTES, heap(end))
            .beside("at its beginning", heap(begin))
            .mustReach(target)
            .noted(note),
        Finding.Measured.of("server memory (RSS) then", Unit.MEBIBYTES, resident(end))
            .beside("at its beginning", resident(begin))
            .mustReach(target));
  }

  private static double heap(List<Held> held) {
    return held.stream().mapToDouble(Held::heapMebibytes).min().orElseThrow();
  }

  private static double resident(List<Held> held) {
    return held.stream().mapToDouble(Held::residentMebibytes).min().orElseThrow();
  }

  /** One part of the time; answers how many cycles there were. */
  private int work(RunningCluster cluster, int part) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes) / PARTS;
    var tasks = new ArrayList<Callable<Integer>>();
    for (int worker = 0; worker < WORKERS; worker++) {
      var name = "churn-" + part + "-" + worker + "-";
      tasks.add(() -> cycles(cluster, name, end));
    }
    int cycles = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(tasks)) {
        cycles += done.get();
      }
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    }
    return cycles;
  }

  /** What one cycle made lives until the next. */
  private static int cycles(RunningCluster cluster, String name, long end)
      throws InterruptedException {
    long pause = TimeUnit.SECONDS.toNanos(WORKERS) / CYCLES_PER_SECOND;
    int cycles = 0;
    for (long due = System.nanoTime(); due < end; due += pause) {
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      create(cluster, name + cycles);
      if (cycles > 0) {
        delete(cluster, name + (cycles - 1));
      }
      cycles++;
    }
    delete(cluster, name + (cycles - 1));
    return cycles;
  }

  private static void create(RunningCluster cluster, String name) {
    cluster.send("POST", SampleObjects.CONFIG_MAPS, SampleObjects.configMap(name, DATA_BYTES));
    cluster.send("POST", SERVICES, service(name));
    cluster.send("POST", DEPLOYMENTS, SampleObjects.deployment(name, REPLICAS));
    var label = Json.object();
    label.putObject("metadata").putObject("labels").put("churn", "again");
    for (var path : CHURNED) {
      merge(cluster, path + "/" + name, label);
    }
  }

  private static void delete(RunningCluster cluster, String name) {
    for (var path : CHURNED) {
      cluster.send("DELETE", path + "/" + name, null);
    }
  }

  private static void merge(RunningCluster cluster, String path, ObjectNode change) {
    var patch = Patch.merge(change);
    cluster
        .api()
        .send(
            new ApiCall("PATCH", path, Map.of(), ApiCall.JSON, patch.contentType(), patch.body()));
  }

  private static void awaitNoPods(RunningCluster cluster) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
    while (!cluster.send("GET", SampleObjects.PODS, null).path("items").isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("there are still pods " + LONGEST_END_SECONDS + " s after the last");
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static ObjectNode service(String name) {
    var service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    service.putObject("metadata").put("name", name);
    var spec = service.putObject("spec");
    spec.putObject("selector").put("app", name);
    spec.putArray("ports").addObject().put("port", 80);
    return service;
  }
}
