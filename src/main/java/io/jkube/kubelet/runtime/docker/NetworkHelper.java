package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecRequest;
import io.jkube.kubelet.runtime.ContainerRuntime.ExecResult;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A container in this machine's own network that may change it, for a jkube that may not: who may
 * ask the engine for containers may do this too. It holds the program of a sandbox, which sleeps,
 * and runs programs of this machine, bound into it one by one and read-only. Thread-safe.
 */
public final class NetworkHelper implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String SETTINGS = "/sys";

  private final DockerCluster cluster;
  private final String name;
  private final List<Path> programs;

  /** Null while it does not run, as far as we know. */
  private String id;

  /**
   * @param cluster whose it is; it goes with that, too
   * @param programs with their libraries
   */
  public NetworkHelper(DockerCluster cluster, String name, List<Path> programs) {
    this.cluster = cluster;
    this.name = "jkube_" + name + "_network";
    this.programs = List.copyOf(programs);
  }

  /**
   * Runs a program to its end.
   *
   * @throws RuntimeFailure the engine does not let it
   */
  public synchronized ExecResult run(List<String> command, byte[] input) throws IOException {
    boolean fresh = id == null;
    if (fresh) {
      begin();
    }
    try {
      return execute(command, input);
    } catch (RuntimeFailure ended) {
      id = null;
      if (fresh) {
        throw ended;
      }
      begin(); // the engine was started anew, or somebody removed it
      return execute(command, input);
    }
  }

  @Override
  public synchronized void close() {
    id = null;
    Containers.remove(cluster.engine(), name);
  }

  private void begin() {
    var engine = cluster.engine();
    Containers.remove(engine, name);
    var made = engine.post("/containers/create?name=" + name, request()).path("Id").asText();
    engine.post("/containers/" + made + "/start", (Duration) null);
    id = made;
  }

  private ExecResult execute(List<String> command, byte[] input) throws IOException {
    var process =
        Execs.open(cluster.engine(), id, new ExecRequest(command, true, true, true, false));
    try (var limit = TimeLimit.over(process, LIMIT)) {
      try (var stdin = process.stdin()) {
        stdin.write(input);
      }
      var said = new ByteArrayOutputStream();
      for (var output = process.next(); output != null; output = process.next()) {
        said.writeBytes(output.bytes());
      }
      if (limit.passed()) {
        throw new IOException(command.getFirst() + " does not end");
      }
      return new ExecResult(process.awaitExit(), said.toByteArray(), new byte[0]);
    } finally {
      process.close();
    }
  }

  private ObjectNode request() {
    var request = Json.object().put("Image", cluster.pauseImage()).put("User", "0:0");
    request
        .putObject("Labels")
        .put(Labels.CLUSTER, cluster.name())
        .put(Labels.TYPE, Labels.HELPER_TYPE);
    var host = request.putObject("HostConfig").put("NetworkMode", "host");
    host.put("UsernsMode", "host").put("ReadonlyRootfs", true);
    host.putArray("CapDrop").add("ALL");
    host.putArray("CapAdd").add("NET_ADMIN");
    // Their profiles forbid settings below /sys and programs that are not the image's.
    host.putArray("SecurityOpt")
        .add("no-new-privileges")
        .add("apparmor=unconfined")
        .add("label=disable");
    host.putObject("LogConfig").put("Type", "none");
    var mounts = host.putArray("Mounts");
    programs.forEach(program -> bind(mounts.addObject(), program.toString(), true));
    bind(mounts.addObject(), SETTINGS, false);
    return request;
  }

  private static void bind(ObjectNode mount, String path, boolean readOnly) {
    mount.put("Type", "bind").put("Source", path).put("Target", path).put("ReadOnly", readOnly);
  }
}
