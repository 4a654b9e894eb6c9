package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One node of one cluster on a Docker Engine. Made by {@link DockerCluster#runtime}; holds no state
 * but whose it is.
 */
public final class DockerRuntime implements ContainerRuntime {
  private final DockerCluster cluster;
  private final Engine engine;
  private final NodeScope scope;
  private final Runnable onClose;

  DockerRuntime(DockerCluster cluster, NodeScope scope) {
    this(cluster, scope, () -> {});
  }

  private DockerRuntime(DockerCluster cluster, NodeScope scope, Runnable onClose) {
    this.cluster = cluster;
    this.engine = cluster.engine();
    this.scope = scope;
    this.onClose = onClose;
  }

  /** The only node of a cluster, with a connection of its own that its closing ends. */
  public static DockerRuntime connect(
      EngineAddress address, String cluster, String node, ClusterSettings settings) {
    var opened = DockerCluster.connect(address, cluster, settings).prepare();
    return new DockerRuntime(opened, new NodeScope(cluster, node), opened::close);
  }

  public DockerCluster cluster() {
    return cluster;
  }

  @Override
  public EngineInfo info() {
    return cluster.info();
  }

  @Override
  public String createSandbox(SandboxSpec spec) {
    var network = spec.hostNetwork() ? "host" : cluster.network().name();
    var image = cluster.pauseImage();
    try {
      return engine.call(
          docker ->
              SandboxRequest.build(docker, scope, spec, image, network, cluster.oomScore())
                  .exec()
                  .getId());
    } catch (RuntimeFailure failure) {
      if (failure.kind() == RuntimeFailure.Kind.NOT_FOUND) {
        cluster.prepareAnew();
      }
      throw failure;
    }
  }

  @Override
  public Sandbox startSandbox(String id) {
    start(id);
    return ContainerReader.inspectedSandbox(inspect(id));
  }

  @Override
  public void removeSandbox(String id) {
    var inside = new ArrayList<String>();
    list(Labels.SANDBOX_ID + "=" + id).forEach(found -> inside.add(found.path("Id").asText()));
    if (!inside.isEmpty()) {
      Together.each(inside, container -> Containers.remove(engine, container));
    }
    Containers.remove(engine, id);
  }

  @Override
  public List<Sandbox> sandboxes() {
    return listed(Labels.SANDBOX_TYPE, ContainerReader::listedSandbox);
  }

  @Override
  public Optional<Sandbox> sandbox(String id) {
    return inspected(id)
        .filter(found -> ContainerReader.isSandbox(found.path("Config").path("Labels")))
        .map(ContainerReader::inspectedSandbox);
  }

  @Override
  public Socket connectInside(String sandboxId, int port) throws IOException {
    long pid = inspected(sandboxId).map(found -> found.at("/State/Pid").asLong()).orElse(0L);
    if (pid == 0) {
      throw new IOException("the sandbox does not run");
    }
    try {
      return new NetworkNamespace(pid).connect(port);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting");
    }
  }

  @Override
  public String createContainer(SandboxSpec sandbox, String sandboxId, ContainerSpec spec) {
    return engine.call(
        docker ->
            ContainerRequest.build(docker, scope, sandbox, sandboxId, spec, cluster.oomScore())
                .exec()
                .getId());
  }

  @Override
  public void startContainer(String id) {
    start(id);
  }

  @Override
  public void stopContainer(String id, Duration grace) {
    Containers.stop(engine, id, grace);
  }

  @Override
  public void removeContainer(String id) {
    Containers.remove(engine, id);
  }

  @Override
  public List<ContainerSummary> containers() {
    return listed(Labels.CONTAINER_TYPE, ContainerReader::listedContainer);
  }

  @Override
  public Optional<Container> container(String id) {
    return inspected(id)
        .filter(found -> !ContainerReader.isSandbox(found.path("Config").path("Labels")))
        .map(ContainerReader::inspectedContainer);
  }

  @Override
  public Optional<Usage> usage(String id) {
    try {
      return ContainerReader.usage(
          engine.get("/containers/" + id + "/stats?stream=false&one-shot=true"));
    } catch (RuntimeFailure failure) {
      return orEmpty(failure);
    }
  }

  @Override
  public Optional<Image> image(String reference) {
    try {
      return Optional.of(
          ContainerReader.image(engine.get("/images/" + Images.path(reference) + "/json")));
    } catch (RuntimeFailure failure) {
      return orEmpty(failure);
    }
  }

  @Override
  public List<Image> images() {
    var images = new ArrayList<Image>();
    engine.get("/images/json").forEach(image -> images.add(ContainerReader.image(image)));
    return List.copyOf(images);
  }

  @Override
  public Image pull(String reference, RegistryCredentials credentials, Consumer<String> progress) {
    Images.pull(engine, reference, credentials, progress);
    return image(reference)
        .orElseThrow(
            () ->
                new RuntimeFailure(
                    RuntimeFailure.Kind.NOT_FOUND,
                    reference + " was pulled and removed again by someone",
                    null));
  }

  @Override
  public void removeImage(String id) {
    try {
      engine.delete("/images/" + Images.path(id));
    } catch (RuntimeFailure failure) {
      orEmpty(failure);
    }
  }

  @Override
  public long writtenBytes(String id) {
    return engine.get("/containers/" + id + "/json?size=1").path("SizeRw").asLong();
  }

  @Override
  public void resizeContainer(String id, Resources resources) {
    engine.post("/containers/" + id + "/update", ContainerRequest.update(resources));
  }

  @Override
  public FolderOwner folderOwner() {
    return cluster.folderOwner();
  }

  @Override
  public LogStream logs(String id, LogRequest request) {
    boolean tty = inspect(id).path("Config").path("Tty").asBoolean();
    return DockerLogs.open(engine, id, request, tty);
  }

  @Override
  public ExecResult exec(String id, List<String> command, Duration timeout) {
    return Execs.run(engine, id, command, timeout);
  }

  @Override
  public ProcessStream openExec(String id, ExecRequest request) {
    return Execs.open(engine, id, request);
  }

  @Override
  public ProcessStream attach(String id, AttachRequest request) {
    return Execs.attach(engine, id, request);
  }

  @Override
  public AutoCloseable events(Consumer<ContainerEvent> listener) {
    return EventStream.open(engine, scope, listener);
  }

  @Override
  public void close() {
    onClose.run();
  }

  private void start(String id) {
    try {
      engine.post("/containers/" + id + "/start", cluster.settings().startTimeout());
    } catch (RuntimeFailure failure) {
      cluster.oomScore().noteRefusal(failure.getMessage());
      throw failure;
    }
  }

  private JsonNode inspect(String id) {
    return engine.get("/containers/" + id + "/json");
  }

  private Optional<JsonNode> inspected(String id) {
    try {
      return Optional.of(inspect(id)).filter(this::ofThisNode);
    } catch (RuntimeFailure failure) {
      return orEmpty(failure);
    }
  }

  private boolean ofThisNode(JsonNode inspected) {
    var labels = inspected.path("Config").path("Labels");
    return scope.cluster().equals(labels.path(Labels.CLUSTER).asText())
        && scope.node().equals(labels.path(Labels.NODE).asText());
  }

  private <T> List<T> listed(String type, Function<JsonNode, T> reader) {
    var found = new ArrayList<T>();
    list(Labels.TYPE + "=" + type).forEach(container -> found.add(reader.apply(container)));
    return List.copyOf(found);
  }

  private JsonNode list(String label) {
    var filter = Labels.filter(scope.clusterLabel(), scope.nodeLabel(), label);
    return engine.get("/containers/json?all=1&filters=" + filter);
  }

  private static <T> Optional<T> orEmpty(RuntimeFailure failure) {
    if (failure.kind() == RuntimeFailure.Kind.NOT_FOUND) {
      return Optional.empty();
    }
    throw failure;
  }
}
