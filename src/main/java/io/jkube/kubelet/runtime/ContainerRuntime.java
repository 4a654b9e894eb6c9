package io.jkube.kubelet.runtime;

import io.jkube.api.volume.FolderOwner;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sandboxes, containers and images of one cluster's node.
 *
 * <p><strong>Threads.</strong> Every method may be called from any number of (virtual) threads and
 * blocks until the engine answered. Interruption ends the wait with {@link RuntimeFailure} of kind
 * INTERRUPTED and the interrupt flag set.
 *
 * <p><strong>Failures.</strong> {@link RuntimeFailure}, whose kind says what a caller can do.
 * Removing or stopping what is not there succeeds.
 */
public interface ContainerRuntime extends AutoCloseable {
  /** The engine's name and version, such as {@code docker://20.10.24}, and what the machine has. */
  EngineInfo info();

  /**
   * Makes a pod's sandbox; it does not run yet.
   *
   * <p>The quick way to a running pod: once this answered, {@link #createContainer} may run beside
   * {@link #startSandbox}; only {@link #startContainer} needs the sandbox to run.
   *
   * @return its id
   */
  String createSandbox(SandboxSpec spec);

  /** Starts a sandbox, which gives it its address; the answer holds it. */
  Sandbox startSandbox(String id);

  /** Makes and starts a sandbox. What was made is removed again when it does not start. */
  default Sandbox runSandbox(SandboxSpec spec) {
    var id = createSandbox(spec);
    try {
      return startSandbox(id);
    } catch (RuntimeFailure failure) {
      removeSandbox(id);
      throw failure;
    }
  }

  /**
   * Kills the sandbox, which ends its network; it and its containers stay to be looked at. For pods
   * that are done.
   */
  default void stopSandbox(String id) {
    stopContainer(id, Duration.ZERO);
  }

  /** Kills the sandbox and removes it with all its containers; its network ends with it. */
  void removeSandbox(String id);

  /** All sandboxes of this node, running or not. */
  List<Sandbox> sandboxes();

  Optional<Sandbox> sandbox(String id);

  /**
   * Connects to a port that is open on a running sandbox's own loopback addresses only.
   *
   * @return the caller closes it
   * @throws java.net.ConnectException when nobody listens there
   * @throws IOException when the sandbox's network cannot be entered from here, in words
   */
  default Socket connectInside(String sandboxId, int port) throws IOException {
    throw new IOException("its network cannot be entered");
  }

  /** Makes a container in a sandbox; it does not run yet. Answers its id. */
  String createContainer(SandboxSpec sandbox, String sandboxId, ContainerSpec spec);

  void startContainer(String id);

  /** Asks the container to end, kills it after {@code grace}; returns when it ended. */
  void stopContainer(String id, Duration grace);

  void removeContainer(String id);

  /**
   * All containers (not sandboxes) of this node, running or not: one cheap question, however many
   * there are. Exit codes and times are told by {@link #container}.
   */
  List<ContainerSummary> containers();

  Optional<Container> container(String id);

  /** What a running container has used so far; empty when it does not run. */
  Optional<Usage> usage(String id);

  /** What the local engine has under this reference, if it has it: never asks a registry. */
  Optional<Image> image(String reference);

  List<Image> images();

  /**
   * Pulls an image. Reports progress lines as the engine tells them.
   *
   * @param credentials for the registry, or null
   */
  Image pull(String reference, RegistryCredentials credentials, Consumer<String> progress);

  void removeImage(String id);

  /** What a container wrote into its own file system, but not into volumes; asking takes time. */
  long writtenBytes(String id);

  /** Changes CPU and memory of a container as it runs; what is unset stays as it is. */
  void resizeContainer(String id, Resources resources);

  /** Who may do anything with folders that are mounted into containers. */
  FolderOwner folderOwner();

  /**
   * A container's output, line by line. Ends when the container ended, or at once without {@code
   * follow}.
   */
  LogStream logs(String id, LogRequest request);

  /**
   * Runs a command in a running container without a terminal; answers when it ended.
   *
   * @param timeout after which it fails with TIMED_OUT; the command may then still run, as with
   *     every engine
   */
  ExecResult exec(String id, List<String> command, Duration timeout);

  /** Runs a command in a running container with its streams at hand. */
  ProcessStream openExec(String id, ExecRequest request);

  /** The streams of a running container's first process, from now on. */
  ProcessStream attach(String id, AttachRequest request);

  /**
   * Changes of this node's sandboxes and containers, as they come. At least: started, died,
   * removed. Ends never; whenever the connection stands (again) it sends {@link
   * ContainerEvent#RESYNC}, upon which the reader lists afresh: what happened before is not told.
   */
  AutoCloseable events(Consumer<ContainerEvent> listener);

  @Override
  void close();

  /**
   * @param runtimeVersion {@code docker://20.10.24}
   * @param storageFolder of the engine's machine, in which images and containers lie; empty where
   *     nothing does
   */
  record EngineInfo(
      String runtimeVersion,
      String operatingSystem,
      String osImage,
      String kernelVersion,
      String architecture,
      int cpus,
      long memoryBytes,
      String cgroupVersion,
      String storageFolder,
      Set<Ability> abilities) {
    public EngineInfo {
      abilities = Set.copyOf(abilities);
    }

    public boolean can(Ability ability) {
      return abilities.contains(ability);
    }
  }

  /** What some engines can and others cannot. */
  enum Ability {
    /** Containers have user namespaces of their own, unless they ask for the machine's. */
    USER_NAMESPACES,
    /** What is mounted below a read-only mount is read-only, too. */
    RECURSIVE_READ_ONLY
  }

  /** Whose a sandbox or container is: pod name, namespace, uid. */
  record PodRef(String namespace, String name, String uid) {}

  /**
   * @param attempt counts sandboxes of one pod from 0
   * @param labels further labels
   * @param dnsServers, dnsSearches, dnsOptions empty for the engine's own
   * @param publish host ports
   * @param sysctls namespaced kernel parameters
   * @param hostUsers whether the machine's user namespace is asked for, of an engine that would
   *     give another
   * @param handler the engine's name of what runs the pod; empty for its default
   */
  record SandboxSpec(
      PodRef pod,
      int attempt,
      String hostname,
      Map<String, String> labels,
      boolean hostNetwork,
      boolean hostPid,
      boolean hostIpc,
      boolean shareProcessNamespace,
      List<String> dnsServers,
      List<String> dnsSearches,
      List<String> dnsOptions,
      Map<String, String> sysctls,
      List<PortMapping> publish,
      String cgroupParent,
      boolean hostUsers,
      String handler) {}

  record PortMapping(String hostIp, int hostPort, int containerPort, String protocol) {}

  /** {@code address} is null until there is one, and for the host's network. */
  record Sandbox(
      String id,
      PodRef pod,
      int attempt,
      boolean running,
      String address,
      Instant createdAt,
      Map<String, String> labels) {}

  /**
   * @param attempt the container's restart count
   * @param command replaces the image's entrypoint; empty keeps it
   * @param arguments replaces the image's command; empty keeps it (unless command is given)
   * @param environment in order; later wins
   * @param user {@code uid[:gid]} or empty for the image's
   * @param processesOf the id of the running container whose processes it sees beside its own;
   *     empty for what the sandbox says
   */
  record ContainerSpec(
      PodRef pod,
      String name,
      int attempt,
      String image,
      List<String> command,
      List<String> arguments,
      List<String> environment,
      String workingDirectory,
      List<Mount> mounts,
      List<Device> devices,
      Map<String, String> labels,
      Resources resources,
      Security security,
      boolean stdin,
      boolean stdinOnce,
      boolean tty,
      String stopSignal,
      String processesOf) {
    /** The same, beside the processes of another container. */
    public ContainerSpec seeing(String container) {
      return new ContainerSpec(
          pod,
          name,
          attempt,
          image,
          command,
          arguments,
          environment,
          workingDirectory,
          mounts,
          devices,
          labels,
          resources,
          security,
          stdin,
          stdinOnce,
          tty,
          stopSignal,
          container);
    }
  }

  /**
   * @param propagation {@code private}, {@code rslave} or {@code rshared}
   * @param recursive whether what is mounted below is read-only, too
   */
  record Mount(
      String hostPath,
      String containerPath,
      boolean readOnly,
      String propagation,
      boolean recursive) {
    public Mount(String hostPath, String containerPath, boolean readOnly, String propagation) {
      this(hostPath, containerPath, readOnly, propagation, false);
    }
  }

  /** A device of the machine, as a container has it. */
  record Device(String hostPath, String containerPath, boolean readOnly) {}

  /** Zero means unset, but for {@code oomScoreAdjust}. Cpu quota and period in microseconds. */
  record Resources(
      long cpuShares,
      long cpuPeriod,
      long cpuQuota,
      long memoryBytes,
      int oomScoreAdjust,
      String cpusetCpus) {}

  /**
   * Null means the engine's default.
   *
   * @param seccompProfile {@code unconfined}, or a profile itself, as JSON
   * @param unmasked whether {@code /proc} and {@code /sys} are seen whole
   */
  record Security(
      String user,
      List<String> groups,
      boolean privileged,
      boolean readOnlyRootFilesystem,
      Boolean noNewPrivileges,
      List<String> capabilitiesAdd,
      List<String> capabilitiesDrop,
      String seccompProfile,
      String appArmorProfile,
      String seLinuxLabel,
      boolean unmasked) {}

  /** What a list of containers says of one of them. */
  record ContainerSummary(
      String id,
      String sandboxId,
      PodRef pod,
      String name,
      int attempt,
      Container.State state,
      String image,
      String imageId,
      Instant createdAt,
      Map<String, String> labels) {}

  /**
   * What something has used.
   *
   * @param cpuNanos of processor time, since it began
   * @param memoryBytes that could not be given back at once: the working set
   * @param processes and threads it has; 0 when that was not asked
   */
  record Usage(Instant time, long cpuNanos, long memoryBytes, long processes) {}

  /**
   * All the engine says of a container.
   *
   * @param exitCode null until it ended
   * @param error why it did not start, or empty
   * @param startedAt null when it never started
   * @param finishedAt null until it ended
   */
  record Container(
      String id,
      PodRef pod,
      String name,
      int attempt,
      State state,
      String image,
      String imageId,
      Integer exitCode,
      boolean oomKilled,
      String error,
      Instant createdAt,
      Instant startedAt,
      Instant finishedAt,
      Map<String, String> labels) {
    /** As CRI has them. */
    public enum State {
      CREATED,
      RUNNING,
      EXITED,
      UNKNOWN
    }
  }

  /**
   * @param id {@code sha256:...}
   * @param user the image's user: {@code uid[:gid]}, a name, or empty
   */
  record Image(String id, List<String> tags, List<String> digests, long sizeBytes, String user) {}

  /** Never printed: no toString of the password. */
  record RegistryCredentials(
      String server, String username, String password, String identityToken) {
    @Override
    public String toString() {
      return "credentials for " + server;
    }
  }

  /**
   * @param tail the last so many lines; -1 for all
   */
  record LogRequest(
      boolean follow,
      int tail,
      Instant since,
      boolean timestamps,
      boolean stdout,
      boolean stderr) {}

  /**
   * A line with its stream ({@code stdout}, {@code stderr}) and time. It holds its newline, if it
   * had one: a very long line comes in parts, so that joined parts are what was written.
   */
  record LogLine(String stream, Instant time, byte[] line) {}

  /** Log lines in order. One thread reads; {@link #close} from any thread ends it. */
  interface LogStream extends AutoCloseable {
    /** Waits for the next line; null at the end. */
    LogLine next();

    @Override
    void close();
  }

  /** What to run, and which streams the caller wants. With a terminal stderr comes with stdout. */
  record ExecRequest(
      List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

  record AttachRequest(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

  /** What a process wrote. */
  record Output(boolean stderr, byte[] bytes) {}

  /**
   * A process and its streams. One thread reads, one writes; {@link #close} from any thread ends
   * both, not the process.
   */
  interface ProcessStream extends AutoCloseable {
    /** Closing it tells the process that its input ended, and no more: output still comes. */
    OutputStream stdin();

    /** Waits for what the process writes next; null when it has closed its output. */
    Output next();

    /** Changes the size of its terminal. */
    void resize(int columns, int rows);

    /**
     * Waits for the end of the process and answers its exit code. For {@link #attach}, the
     * container's.
     */
    int awaitExit();

    @Override
    void close();
  }

  record ExecResult(int exitCode, byte[] stdout, byte[] stderr) {}

  /** Something happened to a container or sandbox. */
  record ContainerEvent(Type type, String id, PodRef pod) {
    public static final ContainerEvent RESYNC = new ContainerEvent(Type.RESYNC, "", null);

    /** What happened. */
    public enum Type {
      STARTED,
      DIED,
      REMOVED,
      RESYNC
    }
  }
}
