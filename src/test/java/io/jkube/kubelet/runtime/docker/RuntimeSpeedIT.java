package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.contract.RuntimeSpecs;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What our way to a running pod costs beside the bare calls of the engine (create and start of a
 * sandbox and a container on the same network), measured in turns in the same run.
 */
final class RuntimeSpeedIT {
  private static final int PODS = 7;
  private static final int MANY = 20;
  private static final int BARE_AT_ONCE = 8;

  /** What a whole pod may cost, server and kubelet included: the runtime alone stays below. */
  private static final double MOST_RATIO = 1.15;

  private static final double MOST_RATIO_MANY = 1.3;

  private DockerFixture docker;
  private DockerRuntime runtime;
  private String image;
  private String network;

  @BeforeEach
  void open() throws Exception {
    image = BusyboxImage.in(DockerFixture.ENGINE);
    docker = DockerFixture.open();
    runtime = docker.cluster().runtime("node");
    network = docker.cluster().network().name();
    docker.cluster().pauseImage();
    bare(-1);
    ours(-1);
  }

  @AfterEach
  void close() {
    docker.close();
  }

  @Test
  void aPodCostsLittleMoreThanTheEngineItself() {
    var bare = new ArrayList<Long>();
    var ours = new ArrayList<Long>();
    for (int i = 0; i < PODS; i++) {
      bare.add(nanos(this::bare, i));
      ours.add(nanos(this::ours, i));
    }
    report("one pod", median(bare), median(ours), MOST_RATIO);
  }

  @Test
  void manyPodsAtOnceToo() {
    var bare = new ArrayList<Long>();
    var ours = new ArrayList<Long>();
    for (int round = 0; round < 3; round++) {
      int first = 100 + round * MANY;
      bare.add(nanos(n -> atOnce(this::bare, n, BARE_AT_ONCE), first));
      ours.add(nanos(n -> atOnce(this::ours, n, BARE_AT_ONCE), first));
    }
    report(MANY + " pods", median(bare), median(ours), MOST_RATIO_MANY);
  }

  private void bare(int number) {
    var engine = docker.cluster().engine();
    var sandbox = made(engine, "bare-" + number, network, docker.cluster().pauseImage(), List.of());
    engine.post("/containers/" + sandbox + "/start", Duration.ofMinutes(1));
    var container =
        made(
            engine, "bare-main-" + number, "container:" + sandbox, image, List.of("sleep", "1000"));
    engine.post("/containers/" + container + "/start", Duration.ofMinutes(1));
  }

  private String made(
      Engine engine, String name, String network, String image, List<String> command) {
    ObjectNode request = Json.object().put("Image", image);
    if (!command.isEmpty()) {
      command.forEach(request.putArray("Cmd")::add);
    }
    request.putObject("Labels").put(Labels.CLUSTER, docker.name()).put(Labels.TYPE, "container");
    request.putObject("HostConfig").put("NetworkMode", network);
    return engine
        .post("/containers/create?name=" + docker.name() + name, request)
        .path("Id")
        .asText();
  }

  private void ours(int number) {
    var pod = RuntimeSpecs.pod("pod-" + number);
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.createSandbox(spec);
    var starting =
        CompletableFuture.runAsync(() -> runtime.startSandbox(sandbox), Thread::startVirtualThread);
    var command = RuntimeSpecs.container(pod, image, List.of("sleep", "1000"), false, false);
    var container = runtime.createContainer(spec, sandbox, command);
    starting.join();
    runtime.startContainer(container);
  }

  private static void atOnce(IntConsumer one, int first, int places) {
    var limit = new Semaphore(places);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MANY; i++) {
        int number = first + i;
        threads.submit(
            () -> {
              limit.acquireUninterruptibly();
              try {
                one.accept(number);
              } finally {
                limit.release();
              }
            });
      }
    }
  }

  private static long nanos(IntConsumer one, int number) {
    long before = System.nanoTime();
    one.accept(number);
    return System.nanoTime() - before;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static void report(String what, long bare, long ours, double most) {
    double ratio = (double) ours / bare;
    var figures =
        "%s: engine %d ms, runtime %d ms, ratio %.2f (at most %.2f)"
            .formatted(what, bare / 1_000_000, ours / 1_000_000, ratio, most);
    org.slf4j.LoggerFactory.getLogger(RuntimeSpeedIT.class).info(figures);
    assertTrue(ratio <= most, figures);
  }
}
