package io.jkube.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.MirrorPods;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.kubelet.container.Containers;
import io.jkube.kubelet.container.GoDuration;
import io.jkube.kubelet.container.PodDns;
import io.jkube.kubelet.container.Sandboxes;
import io.jkube.kubelet.image.DockerConfigFile;
import io.jkube.kubelet.image.ImageCollection;
import io.jkube.kubelet.image.Images;
import io.jkube.kubelet.image.PullSecrets;
import io.jkube.kubelet.image.PulledImages;
import io.jkube.kubelet.node.NodeAgent;
import io.jkube.kubelet.node.NodeFacts;
import io.jkube.kubelet.pod.NodeRoom;
import io.jkube.kubelet.pod.PodParts;
import io.jkube.kubelet.pressure.EvictionSignal;
import io.jkube.kubelet.pressure.LocalFigures;
import io.jkube.kubelet.pressure.NodeFigures;
import io.jkube.kubelet.pressure.NodePressure;
import io.jkube.kubelet.pressure.PressureWatch;
import io.jkube.kubelet.probe.Checks;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Ability;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.staticpod.StaticPods;
import io.jkube.kubelet.stats.Pages;
import io.jkube.kubelet.stream.ContainerCommands;
import io.jkube.kubelet.stream.ContainerLogs;
import io.jkube.kubelet.stream.PodPorts;
import io.jkube.kubelet.volume.FolderVolumes;
import io.jkube.kubelet.volume.KeptTokens;
import io.jkube.kubelet.volume.PodVolumes;
import io.jkube.kubelet.volume.VolumeSource;
import io.jkube.kubelet.volume.VolumesInName;
import io.jkube.trace.PodTraces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: registers it, runs the pods bound to it. Several may live in one process, each with a
 * runtime and a data folder of its own.
 */
public final class Kubelet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);

  private final KubeletConfig config;
  private final ApiClient client;
  private final ContainerRuntime runtime;
  private final Clock clock;
  private final PodTraces traces;

  private final Pages pages;
  private final NodeFigures figures;
  private final NodePressure pressure = new NodePressure();
  private PressureWatch watch;
  private Reclaiming reclaiming;

  /** What {@link #start} opened, closed last first. Guarded by this. */
  private final List<AutoCloseable> opened = new ArrayList<>();

  /**
   * @param client under the identity of the node
   * @param runtime the node's; the caller closes it after this kubelet
   */
  public Kubelet(
      KubeletConfig config,
      ApiClient client,
      ContainerRuntime runtime,
      Clock clock,
      PodTraces traces) {
    this(config, client, runtime, clock, traces, null);
  }

  /**
   * @param figures what is left on the machine; null: those of this machine, if it is the engine's
   */
  Kubelet(
      KubeletConfig config,
      ApiClient client,
      ContainerRuntime runtime,
      Clock clock,
      PodTraces traces,
      NodeFigures figures) {
    this.figures = figures;
    this.config = config;
    this.client = client;
    this.runtime = runtime;
    this.clock = clock;
    this.traces = traces;
    this.pages = new Pages(config.nodeName(), client, runtime, clock, this::configuration);
  }

  /**
   * Registers the node and begins to run its pods; the Node is Ready when this returns.
   *
   * @throws io.jkube.kubelet.runtime.RuntimeFailure when the engine does not answer
   * @throws io.jkube.api.ApiException when the API server refuses the node
   */
  public synchronized void start() {
    var machine = runtime.info();
    var recorder = opening(new EventRecorder(client, clock, "kubelet", config.nodeName()));
    var objects = opening(new ApiObjects(client));
    var pulled =
        config.layVolumes() ? PulledImages.in(config.dataFolder().resolve("pulled.json")) : null;
    var secrets = new PullSecrets(objects, DockerConfigFile.ofUser());
    var images = new Images(runtime, secrets, clock, pulled);
    var parts = parts(machine, recorder, objects, images);
    var workers = opening(new PodWorkers(parts));
    var relist = opening(new Relist(runtime, workers, images, config.relistPeriod()));
    opening(runtime.events(event -> event(event, workers, relist)));
    workers.found(runtime.sandboxes(), runtime.containers());
    var statics =
        opening(new StaticPods(config.nodeName(), client, clock, workers, config.staticPods()));
    statics.begin();
    var pods = pods(workers, statics);
    var agent = opening(new NodeAgent(client, runtime, clock, recorder, facts(machine), pressure));
    agent.register();
    agent.start();
    relist.start(pods);
    statics.follow(pods);
    if (pulled != null) {
      care(parts, pods, workers, agent, pulled);
    }
    WarmUp.begin();
  }

  /** Begins to keep the machine usable. */
  private void care(
      PodParts parts,
      Informer<ObjectNode> pods,
      PodWorkers workers,
      NodeAgent agent,
      PulledImages pulled) {
    var care = config.care();
    var recorder = parts.recorder();
    var left =
        figures == null ? LocalFigures.of(parts.machine(), config.dataFolder(), clock) : figures;
    var images =
        new ImageCollection(
            runtime,
            pulled,
            clock,
            care.imageGcHighPercent(),
            care.imageGcLowPercent(),
            care.imageMinimumAge(),
            () ->
                Optional.ofNullable(left.look().get(EvictionSignal.IMAGEFS_AVAILABLE))
                    .map(disk -> new ImageCollection.Disk(disk.available(), disk.capacity())));
    reclaiming = opening(new Reclaiming(config.nodeName(), runtime, images, recorder)).start();
    var node =
        new Relief(
            config.nodeName(),
            pods,
            workers,
            pressure,
            recorder,
            reclaiming::everything,
            agent::changed);
    watch =
        opening(
            new PressureWatch(
                care.evictionHard(),
                care.pressureTransition(),
                left,
                clock,
                node,
                runtime,
                parts.volumes()));
    watch.start();
  }

  /** What gives disk back; null until {@link #start}. */
  synchronized Reclaiming reclaiming() {
    return reclaiming;
  }

  /** What looks whether the machine is short of something; null until {@link #start}. */
  synchronized PressureWatch pressureWatch() {
    return watch;
  }

  /** What {@code kubectl logs} reads. */
  public ContainerLogs logs() {
    return new ContainerLogs(client, runtime, clock);
  }

  /** What {@code kubectl exec} and {@code kubectl attach} speak with. */
  public ContainerCommands commands() {
    return new ContainerCommands(client, runtime);
  }

  /** What {@code kubectl port-forward} connects to. */
  public PodPorts ports() {
    return new PodPorts(client, runtime);
  }

  /** What the kubelet tells of its node. */
  public Pages pages() {
    return pages;
  }

  /** In the words of upstream's KubeletConfiguration, as far as there is one. */
  private ObjectNode configuration() {
    var told = Json.object();
    told.put("kind", "KubeletConfiguration").put("apiVersion", "kubelet.config.k8s.io/v1beta1");
    told.put("port", config.port()).put("maxPods", config.maxPods());
    told.put("clusterDomain", config.clusterDomain());
    config.dnsServers().forEach(told.putArray("clusterDNS")::add);
    var hard = told.putObject("evictionHard");
    config.care().evictionHard().forEach(each -> hard.put(each.signal().text(), each.text()));
    told.put("evictionPressureTransitionPeriod", GoDuration.of(config.care().pressureTransition()));
    told.put("imageGCHighThresholdPercent", config.care().imageGcHighPercent());
    told.put("imageGCLowThresholdPercent", config.care().imageGcLowPercent());
    told.put("imageMinimumGCAge", GoDuration.of(config.care().imageMinimumAge()));
    return told;
  }

  public String nodeName() {
    return config.nodeName();
  }

  /** Ends the kubelet; its pods run on. */
  @Override
  public synchronized void close() {
    for (var part : opened.reversed()) {
      try {
        part.close();
      } catch (Exception failure) {
        LOG.warn("closing kubelet {}: {}", config.nodeName(), failure.toString());
      }
    }
    opened.clear();
  }

  private Informer<ObjectNode> pods(PodWorkers workers, StaticPods statics) {
    var pods =
        Informer.of(client, Resources.PODS, Function.identity())
            .fields("spec.nodeName=" + config.nodeName())
            .build();
    // Volumes in name only have no files that would change.
    Function<ObjectNode, Set<VolumeSource>> sourcesOf =
        config.layVolumes() ? VolumeSource::of : pod -> Set.of();
    var sources = opening(new SourceWatches(client, sourcesOf, workers::refresh));
    pods.addHandler(new Handler(workers, statics, sources));
    opening(pods);
    return pods.start();
  }

  private PodParts parts(
      ContainerRuntime.EngineInfo machine,
      EventRecorder recorder,
      ApiObjects objects,
      Images images) {
    var dns = new PodDns(config.dnsServers(), config.clusterDomain());
    return new PodParts(
        config.nodeName(),
        config.nodeAddress(),
        client,
        runtime,
        machine,
        clock,
        traces,
        recorder,
        images,
        volumes(objects, dns),
        new Containers(objects, config.dataFolder().resolve("seccomp")),
        new Sandboxes(config.nodeName(), dns, objects, machine.can(Ability.USER_NAMESPACES)),
        new Checks(runtime),
        new NodeRoom(machine.cpus() * 1000L, NodeFacts.memoryForPods(machine)),
        pressure,
        config.sysctls());
  }

  private PodVolumes volumes(ApiObjects objects, PodDns dns) {
    return config.layVolumes()
        ? new FolderVolumes(
            config.dataFolder(),
            objects,
            new KeptTokens(objects, clock),
            dns,
            runtime.folderOwner())
        : new VolumesInName(config.dataFolder(), objects);
  }

  private NodeFacts facts(ContainerRuntime.EngineInfo machine) {
    return new NodeFacts(
        config.nodeName(),
        config.nodeAddress(),
        config.version(),
        config.port(),
        config.labels(),
        config.maxPods(),
        diskBytes(),
        machine);
  }

  private long diskBytes() {
    try {
      Files.createDirectories(config.dataFolder());
      return Files.getFileStore(config.dataFolder()).getTotalSpace();
    } catch (IOException failure) {
      throw new UncheckedIOException("the kubelet's folder cannot be used", failure);
    }
  }

  private static void event(ContainerEvent event, PodWorkers workers, Relist relist) {
    if (event.type() == ContainerEvent.Type.RESYNC) {
      relist.now();
    } else {
      workers.engine(event);
    }
  }

  private <T extends AutoCloseable> T opening(T part) {
    opened.add(part);
    return part;
  }

  /** A pod that was deleted and made again under its name may come as one update. */
  private record Handler(PodWorkers workers, StaticPods statics, SourceWatches sources)
      implements ObjectHandler<ObjectNode> {
    @Override
    public void added(ObjectKey key, ObjectNode pod) {
      if (MirrorPods.isMirror(pod)) {
        statics.mirror(pod);
        return;
      }
      workers.changed(pod);
      sources.follow(pod);
    }

    @Override
    public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
      if (!uid(before).equals(uid(after))
          || MirrorPods.isMirror(before) != MirrorPods.isMirror(after)) {
        deleted(key, before);
      }
      added(key, after);
    }

    @Override
    public void deleted(ObjectKey key, ObjectNode last) {
      if (MirrorPods.isMirror(last)) {
        statics.mirrorGone(last);
        return;
      }
      workers.gone(uid(last));
      sources.forget(uid(last));
    }

    private static String uid(ObjectNode pod) {
      return pod.at("/metadata/uid").asText();
    }
  }
}
