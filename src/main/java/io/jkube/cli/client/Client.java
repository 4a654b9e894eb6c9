package io.jkube.cli.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The program: one command line, asked of the server of the cluster it means. */
public final class Client {
  /** The socket's name in the cluster's folder. */
  public static final String SOCKET = "cli.sock";

  private static final int FAILED = 1;
  private static final int BROKEN_PIPE = 141;

  private Client() {}

  public static void main(String[] arguments) {
    // Not exit: there is nothing to wind up, and a thread may be waiting for stdin.
    Runtime.getRuntime().halt(run(arguments));
  }

  /**
   * @return the exit code
   */
  public static int run(String[] arguments) {
    var environment = System.getenv();
    var cluster = ClusterName.of(arguments, environment);
    try (var server = connect(socket(cluster, environment))) {
      var request =
          new Request(
                  arguments,
                  System.getProperty("user.dir"),
                  Surroundings.environment(environment),
                  Surroundings.terminals(),
                  Surroundings.pid())
              .encode();
      Frame.send(server, Frame.REQUEST, request, 0, request.length);
      return show(server, cluster);
    } catch (IOException unreachable) {
      complain(notRunning(cluster));
      return FAILED;
    }
  }

  public static String notRunning(String cluster) {
    return "cluster \""
        .concat(cluster)
        .concat("\" is not running; start it with: jkube start")
        .concat(ClusterName.isDefault(cluster) ? "" : " --name ".concat(cluster));
  }

  /** Where the cluster's server listens; the home is that of the environment, as it is for it. */
  static Path socket(String cluster, Map<String, String> environment) {
    var clusters = environment.get("JKUBE_HOME");
    if (clusters != null && !clusters.isEmpty()) {
      return Path.of(clusters, cluster, SOCKET);
    }
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return Path.of(home, ".jkube", cluster, SOCKET);
  }

  private static SocketChannel connect(Path socket) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /** Prints what the server sends until it says with which code to end. */
  private static int show(SocketChannel server, String cluster) {
    var input = new StandardInput(server);
    var out = new FileOutputStream(FileDescriptor.out);
    var err = new FileOutputStream(FileDescriptor.err);
    while (true) {
      var frame = next(server);
      if (frame == null) {
        complain("the server of cluster \"".concat(cluster).concat("\" ended"));
        return FAILED;
      }
      switch (frame.get()) {
        case Frame.OUT -> {
          if (!write(out, frame)) {
            return BROKEN_PIPE;
          }
        }
        case Frame.ERR -> write(err, frame);
        case Frame.WANT_INPUT -> input.want();
        case Frame.EXIT -> {
          return frame.get();
        }
        default -> {
          complain("client and server are of different versions; run: jkube stop, jkube start");
          return FAILED;
        }
      }
    }
  }

  private static ByteBuffer next(SocketChannel server) {
    try {
      return Frame.receive(server);
    } catch (IOException lost) {
      return null;
    }
  }

  private static boolean write(FileOutputStream stream, ByteBuffer frame) {
    try {
      stream.write(frame.array(), frame.position(), frame.remaining());
      return true;
    } catch (IOException nobodyReads) {
      return false;
    }
  }

  private static void complain(String message) {
    var line = "error: ".concat(message).concat("\n").getBytes(StandardCharsets.UTF_8);
    write(new FileOutputStream(FileDescriptor.err), ByteBuffer.wrap(line));
  }
}
