package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.volume.FolderOwner;
import io.jkube.kubelet.runtime.ContainerRuntime.Ability;
import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One cluster on one engine: its network and pause image, and a {@link DockerRuntime} for each of
 * its nodes. Connecting asks for the engine's version only; network and image are made ready
 * meanwhile and waited for by the first sandbox.
 */
public final class DockerCluster implements AutoCloseable {
  /** Since when a read-only bind may be asked to be so all the way down. */
  private static final EngineVersion.Api RECURSIVE_READ_ONLY = new EngineVersion.Api(1, 44);

  private final Engine engine;
  private final String name;
  private final ClusterSettings settings;
  private final OomScore oomScore;
  private final Prepared<JsonNode> info;
  private final Prepared<String> pauseImage;
  private final Prepared<PodNetwork> network;

  private DockerCluster(Engine engine, String name, ClusterSettings settings, OomScore oomScore) {
    this.engine = engine;
    this.name = name;
    this.settings = settings;
    this.oomScore = oomScore;
    this.info = new Prepared<>("engine-info", () -> engine.get("/info"));
    this.pauseImage = new Prepared<>("pause-image", this::loadPauseImage);
    this.network = new Prepared<>("pod-network", () -> PodNetwork.in(engine, name, settings));
  }

  /**
   * @throws RuntimeFailure UNREACHABLE where nothing answers, REFUSED where the engine is too old
   */
  public static DockerCluster connect(
      EngineAddress address, String name, ClusterSettings settings) {
    return new DockerCluster(
        Engine.connect(address, settings.requestTimeout()), name, settings, OomScore.of(address));
  }

  /** Begins to make ready what the first pod needs; returns at once. */
  public DockerCluster prepare() {
    info.begin();
    pauseImage.begin();
    network.begin();
    return this;
  }

  /** A node's view. Closing it leaves the cluster open. */
  public DockerRuntime runtime(String node) {
    return new DockerRuntime(this, new NodeScope(name, node));
  }

  /** The pods' network; makes it when it is not there. */
  public PodNetwork network() {
    return network.get();
  }

  /** The folder of the cluster of this name that the engine has; empty where nobody noted it. */
  public String owner() {
    return PodNetwork.existing(engine, name).map(PodNetwork::folder).orElse("");
  }

  public EngineInfo info() {
    var said = info.get();
    return new EngineInfo(
        "docker://" + engine.version().version(),
        said.path("OSType").asText(),
        said.path("OperatingSystem").asText(),
        said.path("KernelVersion").asText(),
        goArchitecture(said.path("Architecture").asText()),
        said.path("NCPU").asInt(),
        said.path("MemTotal").asLong(),
        said.path("CgroupVersion").asText(),
        said.path("DockerRootDir").asText(),
        abilities(said));
  }

  private Set<Ability> abilities(JsonNode said) {
    var abilities = EnumSet.noneOf(Ability.class);
    for (var option : said.path("SecurityOptions")) {
      if (option.asText().equals("name=userns")) {
        abilities.add(Ability.USER_NAMESPACES);
      }
    }
    if (engine.version().spoken().compareTo(RECURSIVE_READ_ONLY) >= 0) {
      abilities.add(Ability.RECURSIVE_READ_ONLY);
    }
    return abilities;
  }

  /**
   * Ends all pods and leaves their containers, so that a kubelet finds what became of them.
   *
   * @param grace before a container is killed
   */
  public void stopAllPods(Duration grace) {
    Together.each(ids(Labels.CONTAINER_TYPE), id -> Containers.stop(engine, id, grace));
    Together.each(ids(Labels.SANDBOX_TYPE), id -> Containers.stop(engine, id, Duration.ZERO));
  }

  /** Removes every container of the cluster, and its network. Nothing of any other cluster. */
  public void remove() {
    network.settle();
    Together.each(ids(Labels.CONTAINER_TYPE), id -> Containers.remove(engine, id));
    Together.each(ids(Labels.SANDBOX_TYPE), id -> Containers.remove(engine, id));
    Together.each(ids(Labels.HELPER_TYPE), id -> Containers.remove(engine, id));
    PodNetwork.existing(engine, name).ifPresent(found -> engine.delete("/networks/" + found.id()));
  }

  /** Who may do anything with folders of the engine's machine. */
  public FolderOwner folderOwner() {
    return new FoldersByEngine(engine, name, pauseImage);
  }

  @Override
  public void close() {
    engine.close();
  }

  String name() {
    return name;
  }

  Engine engine() {
    return engine;
  }

  ClusterSettings settings() {
    return settings;
  }

  OomScore oomScore() {
    return oomScore;
  }

  String pauseImage() {
    return pauseImage.get();
  }

  /** Someone removed the image or the network behind our back: they are looked for anew. */
  void prepareAnew() {
    pauseImage.forget();
    network.forget();
  }

  private String loadPauseImage() {
    return PauseImage.of(info.get().path("Architecture").asText()).in(engine);
  }

  private List<String> ids(String type) {
    var filter = Labels.filter(Labels.CLUSTER + "=" + name, Labels.TYPE + "=" + type);
    var ids = new ArrayList<String>();
    engine
        .get("/containers/json?all=1&filters=" + filter)
        .forEach(container -> ids.add(container.path("Id").asText()));
    return ids;
  }

  private static String goArchitecture(String kernels) {
    return switch (kernels) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> kernels;
    };
  }
}
