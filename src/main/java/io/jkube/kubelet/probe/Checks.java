package io.jkube.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One look at a container. Used by probes and by lifecycle hooks. */
public final class Checks {
  /** What a check found. */
  public record Answer(boolean success, String message) {}

  private static final int MAX_MESSAGE = 1024;

  private final ContainerRuntime runtime;

  public Checks(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  public Answer exec(String containerId, List<String> command, Duration timeout) {
    try {
      var result = runtime.exec(containerId, command, timeout);
      var output = new String(result.stdout(), StandardCharsets.UTF_8);
      output += new String(result.stderr(), StandardCharsets.UTF_8);
      return new Answer(result.exitCode() == 0, cut(output));
    } catch (RuntimeFailure failure) {
      if (failure.kind() == RuntimeFailure.Kind.TIMED_OUT) {
        var text = "command timed out: %s timed out after %ds";
        return new Answer(false, text.formatted(command, timeout.toSeconds()));
      }
      return new Answer(false, failure.getMessage());
    }
  }

  /**
   * @param address where the action names no host
   */
  public Answer http(HTTPGetAction action, Container container, String address, Duration timeout) {
    var host = action.getHost() == null || action.getHost().isEmpty() ? address : action.getHost();
    return new HttpCheck(action, host, port(action.getPort(), container)).ask(timeout);
  }

  public Answer tcp(TCPSocketAction action, Container container, String address, Duration timeout) {
    var host = action.getHost() == null || action.getHost().isEmpty() ? address : action.getHost();
    int port = port(action.getPort(), container);
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
      return new Answer(true, "");
    } catch (IOException failure) {
      var text = "dial tcp %s:%d: %s";
      return new Answer(false, text.formatted(host, port, failure.getMessage()));
    }
  }

  /** The health service of a gRPC server in the container. */
  public Answer grpc(GRPCAction action, String address, Duration timeout) {
    var service = action.getService() == null ? "" : action.getService();
    return new GrpcCheck(address, action.getPort(), service).ask(timeout);
  }

  private static int port(IntOrString port, Container container) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return container.getPorts().stream()
        .filter(named -> port.getStrVal().equals(named.getName()))
        .map(named -> named.getContainerPort())
        .findFirst()
        .orElse(0);
  }

  static String cut(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
  }
}
