package io.jkube.kubelet.runtime.fake;

import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An engine in memory. Every image can be pulled unless {@link #refusePull} was told otherwise; a
 * stop ends a container at once with exit code 143 (SIGTERM).
 */
public final class FakeRuntime implements ContainerRuntime {
  private static final int TERMINATED_BY_SIGTERM = 143;
  private static final long IMAGE_SIZE_BYTES = 1_000_000;

  /** A machine as servers are, whatever this one is: pods are names and take up nothing. */
  private static final int CPUS = 32;

  private static final long MEMORY_BYTES = 256L << 30;

  private final FakeEngine engine;
  private final InstantSource clock;
  private final Program program;
  private final Map<String, Sandbox> sandboxes = new LinkedHashMap<>();
  private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
  private final Map<String, Image> images = new ConcurrentHashMap<>();
  private final Map<String, RuntimeFailure> refusedPulls = new ConcurrentHashMap<>();
  private final List<Consumer<ContainerEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Set<String> onHostNetwork = new HashSet<>();
  private final boolean alone;
  private volatile boolean closed;

  /** A runtime with an engine of its own. */
  public FakeRuntime(InstantSource clock) {
    this.engine = new FakeEngine(clock);
    this.clock = clock;
    this.program = Program.SHELL_WORDS;
    this.alone = true;
  }

  FakeRuntime(FakeEngine engine, Program program) {
    this.engine = engine;
    this.clock = engine.clock();
    this.program = program;
    this.alone = false;
  }

  /** From now on a pull of this image fails so. */
  public void refusePull(String reference, RuntimeFailure failure) {
    refusedPulls.put(reference, failure);
  }

  /** From now on the image can be pulled (again). */
  public void allowPull(String reference) {
    refusedPulls.remove(reference);
  }

  /** What a container was made of. */
  public ContainerSpec spec(String id) {
    return found(id).spec;
  }

  /** Ends a running container as if its program had exited. */
  public void exit(String id, int exitCode) {
    end(found(id), exitCode, false);
  }

  /** Ends a running container as the kernel does when its memory limit is reached. */
  public void killForMemory(String id) {
    end(found(id), 137, true);
  }

  /** So much a container has used from now on. */
  public void use(String id, long cpuNanos, long memoryBytes) {
    found(id).use(cpuNanos, memoryBytes);
  }

  @Override
  public Optional<Usage> usage(String id) {
    synchronized (this) {
      return Optional.ofNullable(containers.get(id))
          .filter(FakeContainer::running)
          .map(container -> container.usage(clock.instant()));
    }
  }

  /** Adds a line to a container's output. */
  public void print(String id, String line) {
    found(id).print(line, clock.instant());
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo(
        "fake://1.0.0",
        "linux",
        "in memory",
        System.getProperty("os.version"),
        System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
        CPUS,
        MEMORY_BYTES,
        "none",
        "",
        Set.of());
  }

  @Override
  public synchronized String createSandbox(SandboxSpec spec) {
    boolean taken =
        sandboxes.values().stream()
            .anyMatch(s -> s.pod().equals(spec.pod()) && s.attempt() == spec.attempt());
    if (taken) {
      throw failure(RuntimeFailure.Kind.CONFLICT, "the sandbox's name is already in use");
    }
    var id = newId();
    if (spec.hostNetwork()) {
      onHostNetwork.add(id);
    }
    sandboxes.put(
        id,
        new Sandbox(id, spec.pod(), spec.attempt(), false, null, clock.instant(), spec.labels()));
    return id;
  }

  @Override
  public Sandbox startSandbox(String id) {
    Sandbox started;
    synchronized (this) {
      var made = sandboxes.get(id);
      if (made == null) {
        throw failure(RuntimeFailure.Kind.NOT_FOUND, "no such sandbox: " + id);
      }
      started = running(made, onHostNetwork.contains(id) ? null : engine.freeAddress());
      sandboxes.put(id, started);
    }
    publish(ContainerEvent.Type.STARTED, id, started.pod());
    return started;
  }

  private static Sandbox running(Sandbox made, String address) {
    return new Sandbox(
        made.id(), made.pod(), made.attempt(), true, address, made.createdAt(), made.labels());
  }

  @Override
  public void stopSandbox(String id) {
    Sandbox stopped;
    synchronized (this) {
      stopped =
          sandboxes.computeIfPresent(
              id,
              (key, s) ->
                  new Sandbox(
                      s.id(), s.pod(), s.attempt(), false, null, s.createdAt(), s.labels()));
    }
    if (stopped != null) {
      publish(ContainerEvent.Type.DIED, id, stopped.pod());
    }
  }

  @Override
  public void removeSandbox(String id) {
    Sandbox gone;
    List<FakeContainer> inIt;
    synchronized (this) {
      gone = sandboxes.remove(id);
      onHostNetwork.remove(id);
      inIt = containers.values().stream().filter(c -> c.sandboxId.equals(id)).toList();
    }
    if (gone != null) {
      inIt.forEach(container -> removeContainer(container.id));
      publish(ContainerEvent.Type.REMOVED, id, gone.pod());
    }
  }

  @Override
  public synchronized List<Sandbox> sandboxes() {
    return List.copyOf(sandboxes.values());
  }

  @Override
  public synchronized Optional<Sandbox> sandbox(String id) {
    return Optional.ofNullable(sandboxes.get(id));
  }

  @Override
  public String createContainer(SandboxSpec sandbox, String sandboxId, ContainerSpec spec) {
    var id = newId();
    synchronized (this) {
      if (!sandboxes.containsKey(sandboxId)) {
        throw failure(RuntimeFailure.Kind.NOT_FOUND, "no such sandbox: " + sandboxId);
      }
      var image = images.get(tagged(spec.image()));
      if (image == null) {
        throw failure(RuntimeFailure.Kind.NOT_FOUND, "no such image: " + spec.image());
      }
      if (named(spec).isPresent()) {
        throw failure(RuntimeFailure.Kind.CONFLICT, "the container's name is already in use");
      }
      containers.put(id, new FakeContainer(id, sandboxId, spec, image.id(), clock.instant()));
    }
    return id;
  }

  private Optional<FakeContainer> named(ContainerSpec spec) {
    return containers.values().stream()
        .filter(c -> c.spec.pod().equals(spec.pod()))
        .filter(c -> c.spec.name().equals(spec.name()) && c.spec.attempt() == spec.attempt())
        .findFirst();
  }

  @Override
  public void startContainer(String id) {
    var container = found(id);
    container.start(clock.instant());
    publish(ContainerEvent.Type.STARTED, id, container.spec.pod());
    var life = program.of(container.spec);
    life.output().forEach(line -> container.print(line, clock.instant()));
    if (life.endsAfter() != null) {
      engine.later(() -> end(container, life.exitCode(), false), life.endsAfter().toMillis());
    }
  }

  @Override
  public void stopContainer(String id, Duration grace) {
    lookup(id).ifPresent(container -> end(container, TERMINATED_BY_SIGTERM, false));
  }

  @Override
  public void removeContainer(String id) {
    FakeContainer gone;
    synchronized (this) {
      gone = containers.remove(id);
    }
    if (gone != null) {
      gone.end(137, false, clock.instant());
      gone.markRemoved();
      publish(ContainerEvent.Type.REMOVED, id, gone.spec.pod());
    }
  }

  @Override
  public synchronized List<ContainerSummary> containers() {
    return containers.values().stream().map(FakeContainer::summary).toList();
  }

  @Override
  public Optional<Container> container(String id) {
    return lookup(id).map(FakeContainer::snapshot);
  }

  @Override
  public Optional<Image> image(String reference) {
    return Optional.ofNullable(images.get(tagged(reference)));
  }

  @Override
  public List<Image> images() {
    return List.copyOf(images.values());
  }

  @Override
  public Image pull(String reference, RegistryCredentials credentials, Consumer<String> progress) {
    var refused = refusedPulls.get(reference);
    if (refused != null) {
      throw failure(refused.kind(), refused.getMessage());
    }
    progress.accept("Pulled " + reference);
    return images.computeIfAbsent(tagged(reference), FakeRuntime::newImage);
  }

  /** As every engine does, a name without a tag is that of the latest. */
  private static String tagged(String reference) {
    boolean named = reference.lastIndexOf(':') > reference.lastIndexOf('/');
    return named || reference.contains("@") ? reference : reference + ":latest";
  }

  private static Image newImage(String reference) {
    var digest = UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8)).toString();
    var id = "sha256:" + digest.replace("-", "").repeat(2);
    return new Image(id, List.of(reference), List.of(), IMAGE_SIZE_BYTES, "");
  }

  @Override
  public void removeImage(String id) {
    images.values().removeIf(image -> image.id().equals(id));
  }

  @Override
  public long writtenBytes(String id) {
    return 0;
  }

  @Override
  public void resizeContainer(String id, Resources resources) {
    requireRunning(id);
    found(id).resize(resources);
  }

  /** What a container was given last. */
  public Resources resources(String id) {
    return found(id).resources();
  }

  @Override
  public FolderOwner folderOwner() {
    return FolderOwner.NONE;
  }

  @Override
  public LogStream logs(String id, LogRequest request) {
    return new FakeLogStream(found(id), request);
  }

  @Override
  public ExecResult exec(String id, List<String> command, Duration timeout) {
    requireRunning(id);
    boolean fails = command.contains("false");
    return new ExecResult(fails ? 1 : 0, new byte[0], new byte[0]);
  }

  @Override
  public ProcessStream openExec(String id, ExecRequest request) {
    requireRunning(id);
    boolean echo = request.command().getFirst().equals("cat");
    return new FakeProcess(echo, Program.life(request.command()));
  }

  /** The container's process answers with its input, and prints nothing of its own. */
  @Override
  public ProcessStream attach(String id, AttachRequest request) {
    requireRunning(id);
    return new FakeProcess(true, Program.Life.UNTIL_STOPPED);
  }

  private void requireRunning(String id) {
    if (!found(id).running()) {
      throw failure(RuntimeFailure.Kind.REFUSED, "container " + id + " is not running");
    }
  }

  @Override
  public AutoCloseable events(Consumer<ContainerEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    closed = true;
    if (alone) {
      engine.close();
    }
  }

  private void end(FakeContainer container, int exitCode, boolean byOutOfMemory) {
    if (container.end(exitCode, byOutOfMemory, clock.instant())) {
      publish(ContainerEvent.Type.DIED, container.id, container.spec.pod());
    }
  }

  private void publish(ContainerEvent.Type type, String id, PodRef pod) {
    var event = new ContainerEvent(type, id, pod);
    engine.later(() -> tell(event), 0);
  }

  private void tell(ContainerEvent event) {
    if (!closed) {
      listeners.forEach(listener -> listener.accept(event));
    }
  }

  private synchronized Optional<FakeContainer> lookup(String id) {
    return Optional.ofNullable(containers.get(id));
  }

  private FakeContainer found(String id) {
    return lookup(id)
        .orElseThrow(() -> failure(RuntimeFailure.Kind.NOT_FOUND, "no such container: " + id));
  }

  private static RuntimeFailure failure(RuntimeFailure.Kind kind, String message) {
    return new RuntimeFailure(kind, message, null);
  }

  private static String newId() {
    return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
  }
}
