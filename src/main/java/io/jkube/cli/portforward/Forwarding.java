package io.jkube.cli.portforward;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Listeners on this machine, and the connections that came through them. */
final class Forwarding {
  private static final String LOCALHOST = "localhost";

  private final CommandContext context;
  private final String path;

  /** Held while a line is printed. */
  private final Object talk = new Object();

  private final List<AutoCloseable> open = new ArrayList<>();
  private final CompletableFuture<String> lost = new CompletableFuture<>();

  /**
   * @param path of the pod's subresource
   */
  Forwarding(CommandContext context, String path) {
    this.context = context;
    this.path = path;
  }

  /** Forwards until the user interrupts or the pod is gone. */
  int run(List<String> addresses, List<PortPair> ports) throws InterruptedException {
    try (var interruption = context.interruption().onInterrupt(() -> lost.complete(""))) {
      ports.forEach(pair -> listen(addresses, pair));
      context.out().flush();
      var reason = lost.get();
      if (context.interruption().raised()) {
        return ExitCode.INTERRUPTED;
      }
      throw new CommandFailure(reason);
    } catch (ExecutionException impossible) {
      throw new CommandFailure(String.valueOf(impossible.getCause()));
    } finally {
      closeAll();
    }
  }

  /** One port that is free is the same on all addresses. */
  private void listen(List<String> addresses, PortPair pair) {
    int local = pair.local();
    var failures = new ArrayList<String>();
    int listening = 0;
    for (var address : resolved(addresses)) {
      try {
        var listener = listener(address, local);
        local = listener.getLocalPort();
        listening++;
        accept(listener, new PortPair(local, pair.remote()));
      } catch (IOException refused) {
        failures.add(
            "unable to create listener: Error listen tcp %s: bind: %s"
                .formatted(shown(address, local), reason(refused)));
      }
    }
    if (listening == 0) {
      context
          .out()
          .println(
              "Unable to listen on port %d: Listeners failed to create with the following errors: %s"
                  .formatted(pair.local(), failures));
      throw new CommandFailure(
          "unable to listen on any of the requested ports: [{%d %d}]"
              .formatted(pair.local(), pair.remote()));
    }
  }

  private static String reason(IOException refused) {
    var message = String.valueOf(refused.getMessage());
    return refused instanceof BindException && message.contains("in use")
        ? "address already in use"
        : message.toLowerCase(Locale.ROOT);
  }

  private static List<InetAddress> resolved(List<String> addresses) {
    var resolved = new ArrayList<InetAddress>();
    for (var address : addresses) {
      try {
        if (address.equals(LOCALHOST)) {
          resolved.add(InetAddress.getByName("127.0.0.1"));
          resolved.add(InetAddress.getByName("::1"));
        } else {
          resolved.add(InetAddress.ofLiteral(address));
        }
      } catch (IllegalArgumentException | UnknownHostException malformed) {
        throw new CommandFailure(address + " is not a valid IP");
      }
    }
    return resolved;
  }

  private static ServerSocket listener(InetAddress address, int port) throws IOException {
    var listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(address, port));
      return listener;
    } catch (IOException refused) {
      listener.close();
      throw refused;
    }
  }

  private void accept(ServerSocket listener, PortPair pair) {
    keep(listener);
    context
        .out()
        .println(
            "Forwarding from %s -> %d"
                .formatted(shown(listener.getInetAddress(), pair.local()), pair.remote()));
    Thread.ofVirtual()
        .name("port-forward " + pair.local())
        .start(
            () -> {
              try {
                while (true) {
                  carry(listener.accept(), pair);
                }
              } catch (IOException closed) {
                lost.complete("the listener on port " + pair.local() + " was closed");
              }
            });
  }

  private void carry(Socket socket, PortPair pair) {
    keep(socket);
    say("Handling connection for " + pair.local());
    Thread.ofVirtual()
        .name("forwarded connection")
        .start(
            () -> {
              var failure = new ForwardedConnection(context.transport(), path, pair).carry(socket);
              forget(socket);
              failure.ifPresent(this::tell);
            });
  }

  private void tell(ForwardedConnection.Failure failure) {
    synchronized (talk) {
      context.err().println(failure.message());
    }
    if (failure.podIsGone()) {
      lost.complete("lost connection to pod");
    }
  }

  private void say(String line) {
    synchronized (talk) {
      context.out().println(line);
      context.out().flush();
    }
  }

  private static String shown(InetAddress address, int port) {
    var text = address.getHostAddress();
    return (text.contains(":") ? "[" + compressed(text) + "]" : text) + ":" + port;
  }

  private static String compressed(String address) {
    return address.equals("0:0:0:0:0:0:0:1")
        ? "::1"
        : address.equals("0:0:0:0:0:0:0:0") ? "::" : address;
  }

  private void keep(AutoCloseable closeable) {
    synchronized (open) {
      open.add(closeable);
    }
  }

  private void forget(AutoCloseable closeable) {
    synchronized (open) {
      open.remove(closeable);
    }
  }

  private void closeAll() {
    List<AutoCloseable> closing;
    synchronized (open) {
      closing = List.copyOf(open);
    }
    for (var each : closing) {
      try {
        each.close();
      } catch (Exception gone) {
        // it is closed, which is all that was wanted
      }
    }
  }
}
