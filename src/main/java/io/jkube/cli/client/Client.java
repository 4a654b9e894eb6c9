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

  /** What {@link #run} answers when no server listens: nothing was printed. */
  public static final int NOT_REACHED = -1;

  private static final int FAILED = 1;
  private static final int BROKEN_PIPE = 141;

  private Client() {}

  public static void main(String[] arguments) {
    // Not exit: there is nothing to wind up, and a thread may be waiting for stdin.
    int code = run(arguments);
    if (code == NOT_REACHED) {
      print(NotRunning.text(arguments, System.getenv()));
      code = FAILED;
    }
    Runtime.getRuntime().halt(code);
  }

  /**
   * @return the exit code, or {@link #NOT_REACHED}
   */
  public static int run(String[] arguments) {
    var environment = System.getenv();
    var cluster = ClusterName.talkedTo(arguments, environment);
    SocketChannel server;
    try {
      server = connect(folder(cluster, environment).resolve(SOCKET));
    } catch (IOException unreachable) {
      return NOT_REACHED;
    }
    try (server) {
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
    } catch (IOException lost) {
      complain("the server of cluster \"".concat(cluster).concat("\" ended"));
      return FAILED;
    }
  }

  /** The cluster's folder; the home is that of the environment, as it is for the server. */
  static Path folder(String cluster, Map<String, String> environment) {
    var clusters = environment.get("JKUBE_HOME");
    if (clusters != null && !clusters.isEmpty()) {
      return Path.of(clusters, cluster);
    }
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return Path.of(home, ".jkube", cluster);
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
    print("error: ".concat(message));
  }

  private static void print(String text) {
    var line = text.concat("\n").getBytes(StandardCharsets.UTF_8);
    write(new FileOutputStream(FileDescriptor.err), ByteBuffer.wrap(line));
  }
}
