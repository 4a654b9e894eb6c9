package io.jkube.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Container;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.LogRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.RuntimeFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every {@link ContainerRuntime} does, whatever it runs on. */
public abstract class ContainerRuntimeContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final LogRequest ALL = new LogRequest(false, -1, null, false, true, true);
  private static final LogRequest FOLLOW = new LogRequest(true, -1, null, false, true, true);
  private static final String MISSING = "0".repeat(64);

  protected ContainerRuntime runtime;
  protected String image;

  /** A runtime of which no other test knows. */
  protected abstract ContainerRuntime open() throws Exception;

  /** Ends what {@link #open} began; the runtime is closed already, all its sandboxes removed. */
  protected void cleanUp() {}

  /** An image with a shell that the runtime has. */
  protected abstract String image() throws Exception;

  @BeforeEach
  void openRuntime() throws Exception {
    runtime = open();
    image = image();
  }

  @AfterEach
  void closeRuntime() {
    runtime.sandboxes().forEach(sandbox -> runtime.removeSandbox(sandbox.id()));
    runtime.close();
    cleanUp();
  }

  @Test
  void aSandboxHasAnAddressOnceItRuns() {
    var pod = RuntimeSpecs.pod("web");
    var id = runtime.createSandbox(RuntimeSpecs.sandbox(pod));
    assertFalse(runtime.sandbox(id).orElseThrow().running());

    var started = runtime.startSandbox(id);

    assertTrue(started.running());
    assertNotNull(started.address());
    assertEquals(pod, started.pod());
    assertEquals("contract", started.labels().get("app"));
    var listed = runtime.sandboxes().getFirst();
    assertEquals(started.id(), listed.id());
    assertEquals(started.address(), listed.address());
    assertEquals(started.labels(), listed.labels());
  }

  @Test
  void theNameOfASandboxIsTakenOnce() {
    var spec = RuntimeSpecs.sandbox(RuntimeSpecs.pod("twice"));
    runtime.createSandbox(spec);
    assertFails(Kind.CONFLICT, () -> runtime.createSandbox(spec));
  }

  @Test
  void aContainerIsMadeStartedAndEnds() {
    var pod = RuntimeSpecs.pod("short");
    var id = create(pod, "exit 3");
    assertEquals(State.CREATED, container(id).state());
    assertNull(container(id).exitCode());

    runtime.startContainer(id);
    await(() -> container(id).state() == State.EXITED);

    var ended = container(id);
    assertEquals(3, ended.exitCode());
    assertNotNull(ended.startedAt());
    assertNotNull(ended.finishedAt());
    assertEquals(pod, ended.pod());
    assertEquals("main", ended.name());
    assertEquals("abc", ended.labels().get("io.kubernetes.container.hash"));
    var listed = runtime.containers().getFirst();
    assertEquals(State.EXITED, listed.state());
    assertEquals(ended.imageId(), listed.imageId());
    assertEquals(runtime.sandboxes().getFirst().id(), listed.sandboxId());
  }

  @Test
  void aContainerMayBeMadeWhileItsSandboxStarts() throws Exception {
    var pod = RuntimeSpecs.pod("overlap");
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.createSandbox(spec);
    var starting = CompletableFuture.supplyAsync(() -> runtime.startSandbox(sandbox));
    var id = runtime.createContainer(spec, sandbox, RuntimeSpecs.shell(pod, image, "sleep 100"));
    starting.get();
    runtime.startContainer(id);
    assertEquals(State.RUNNING, container(id).state());
  }

  @Test
  void stopReturnsWhenTheContainerEnded() {
    var id = create(RuntimeSpecs.pod("long"), "sleep 100");
    runtime.startContainer(id);
    assertEquals(State.RUNNING, container(id).state());

    runtime.stopContainer(id, Duration.ofSeconds(1));

    assertEquals(State.EXITED, container(id).state());
    runtime.stopContainer(id, Duration.ofSeconds(1));
  }

  @Test
  void aSandboxGoesWithItsContainers() {
    var id = create(RuntimeSpecs.pod("gone"), "sleep 100");
    runtime.startContainer(id);

    runtime.removeSandbox(runtime.sandboxes().getFirst().id());

    assertTrue(runtime.container(id).isEmpty());
    assertTrue(runtime.containers().isEmpty());
    assertTrue(runtime.sandboxes().isEmpty());
  }

  @Test
  void whatIsNotThereCanBeStoppedAndRemovedButNotStarted() {
    runtime.stopContainer(MISSING, Duration.ZERO);
    runtime.removeContainer(MISSING);
    runtime.removeSandbox(MISSING);
    assertTrue(runtime.container(MISSING).isEmpty());
    assertTrue(runtime.sandbox(MISSING).isEmpty());
    assertFails(Kind.NOT_FOUND, () -> runtime.startContainer(MISSING));
    assertFails(Kind.NOT_FOUND, () -> runtime.startSandbox(MISSING));
  }

  @Test
  void aContainerNeedsItsImageAndItsSandbox() {
    var pod = RuntimeSpecs.pod("lacking");
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.runSandbox(spec).id();
    var noImage = RuntimeSpecs.shell(pod, "jkube-test/no-such-image:1", "true");
    assertFails(Kind.NOT_FOUND, () -> runtime.createContainer(spec, sandbox, noImage));
    var noSandbox = RuntimeSpecs.shell(pod, image, "true");
    assertFails(Kind.NOT_FOUND, () -> runtime.createContainer(spec, MISSING, noSandbox));
  }

  @Test
  void theLogHasEveryLineWithItsNewline() {
    var id = create(RuntimeSpecs.pod("talks"), "echo hello");
    runtime.startContainer(id);
    await(() -> container(id).state() == State.EXITED);
    try (var log = runtime.logs(id, ALL)) {
      var line = log.next();
      assertEquals("hello\n", text(line.line()));
      assertEquals("stdout", line.stream());
      assertFalse(line.time().isBefore(container(id).createdAt().minusSeconds(1)));
      assertNull(log.next());
    }
  }

  @Test
  void aFollowedLogEndsWithItsContainer() throws Exception {
    var id = create(RuntimeSpecs.pod("followed"), "sleep 1");
    runtime.startContainer(id);
    try (var log = runtime.logs(id, FOLLOW)) {
      var end = CompletableFuture.supplyAsync(() -> log.next() == null);
      assertTrue(end.get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS));
    }
  }

  @Test
  void aFollowedLogEndsWhenItIsClosed() throws Exception {
    var id = create(RuntimeSpecs.pod("closed"), "sleep 100");
    runtime.startContainer(id);
    var log = runtime.logs(id, FOLLOW);
    var end = CompletableFuture.supplyAsync(() -> log.next() == null);
    log.close();
    assertTrue(end.get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS));
  }

  @Test
  void aCommandRunsInARunningContainerOnly() {
    var id = create(RuntimeSpecs.pod("exec"), "sleep 100");
    runtime.startContainer(id);
    assertEquals(0, runtime.exec(id, List.of("true"), PATIENCE).exitCode());
    assertEquals(1, runtime.exec(id, List.of("false"), PATIENCE).exitCode());
    runtime.stopContainer(id, Duration.ZERO);
    assertThrows(RuntimeFailure.class, () -> runtime.exec(id, List.of("true"), PATIENCE));
  }

  @Test
  void theStreamsOfACommandAreAtHand() throws Exception {
    var id = create(RuntimeSpecs.pod("streams"), "sleep 100");
    runtime.startContainer(id);
    try (var cat = runtime.openExec(id, new ExecRequest(List.of("cat"), true, true, true, false))) {
      cat.stdin().write("and back\n".getBytes(StandardCharsets.UTF_8));
      assertEquals("and back\n", text(cat.next().bytes()));
      cat.stdin().close();
      assertNull(cat.next());
      assertEquals(0, cat.awaitExit());
    }
    var exit = new ExecRequest(List.of("sh", "-c", "exit 3"), false, true, true, false);
    try (var process = runtime.openExec(id, exit)) {
      assertNull(process.next());
      assertEquals(3, process.awaitExit());
    }
    runtime.stopContainer(id, Duration.ZERO);
    assertThrows(RuntimeFailure.class, () -> runtime.openExec(id, exit));
  }

  @Test
  void whatHappensIsTold() throws Exception {
    var told = new CopyOnWriteArrayList<ContainerEvent>();
    var pod = RuntimeSpecs.pod("events");
    try (var subscription = runtime.events(told::add)) {
      assertNotNull(subscription);
      var id = create(pod, "sleep 100");
      awaitSubscription(told);
      runtime.startContainer(id);
      runtime.stopContainer(id, Duration.ZERO);
      runtime.removeContainer(id);
      await(() -> told.contains(new ContainerEvent(ContainerEvent.Type.REMOVED, id, pod)));
      assertEquals(
          List.of(
              ContainerEvent.Type.STARTED, ContainerEvent.Type.DIED, ContainerEvent.Type.REMOVED),
          told.stream().filter(event -> event.id().equals(id)).map(ContainerEvent::type).toList());
    }
  }

  @Test
  void anImageIsKnownByItsName() {
    var found = runtime.image(image).orElseThrow();
    assertTrue(found.id().startsWith("sha256:"));
    assertTrue(runtime.images().stream().anyMatch(known -> known.id().equals(found.id())));
    assertTrue(runtime.image("jkube-test/no-such-image:1").isEmpty());
  }

  @Test
  void theEngineSaysWhatItIs() {
    var info = runtime.info();
    assertTrue(info.runtimeVersion().contains("://"));
    assertTrue(info.cpus() > 0);
    assertTrue(info.memoryBytes() > 0);
    assertTrue(List.of("amd64", "arm64").contains(info.architecture()));
  }

  /** Waits until an event proves that the subscription stands; a runtime may have one at once. */
  private void awaitSubscription(List<ContainerEvent> told) {
    await(() -> !told.isEmpty());
  }

  /** A sandbox that runs, with a container made in it. */
  protected final String create(PodRef pod, String script) {
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.runSandbox(spec).id();
    return runtime.createContainer(spec, sandbox, RuntimeSpecs.shell(pod, image, script));
  }

  protected final Container container(String id) {
    return runtime.container(id).orElseThrow();
  }

  protected static void assertFails(Kind kind, Executable action) {
    assertEquals(kind, assertThrows(RuntimeFailure.class, action).kind());
  }

  protected static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  protected static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "did not come within " + PATIENCE);
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
