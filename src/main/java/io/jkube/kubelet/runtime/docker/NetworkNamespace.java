package io.jkube.kubelet.runtime.docker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The network of a process on this machine, as {@code nsenter --net} enters it: only Linux has it,
 * and only root may. A network belongs to a thread; a socket stays in the one it was made in. So a
 * thread of its own enters, connects and ends; it never comes back.
 *
 * @param pid of a process in it
 */
record NetworkNamespace(long pid) {
  private static final int READ_ONLY_CLOSED_ON_EXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  /**
   * Connects to a port of its loopback addresses.
   *
   * @throws ConnectException when nobody listens there
   * @throws IOException when it cannot be entered
   */
  Socket connect(int port) throws IOException, InterruptedException {
    var file = Path.of("/proc", Long.toString(pid), "ns", "net");
    if (!Files.exists(file)) {
      throw new IOException("its network is not on this machine");
    }
    var socket = new CompletableFuture<Socket>();
    Thread.ofPlatform()
        .daemon()
        .name("inside the network of " + pid)
        .start(
            () -> {
              try {
                enter(file);
                socket.complete(connected(port));
              } catch (Throwable failure) {
                socket.completeExceptionally(failure);
              }
            });
    try {
      return socket.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException known
          ? known
          : new IOException("its network cannot be entered: " + failed.getCause(), failed);
    }
  }

  private static void enter(Path file) throws Throwable {
    try (var arena = Arena.ofConfined()) {
      int descriptor =
          (int)
              function("open", ADDRESS, JAVA_INT)
                  .invokeExact(arena.allocateFrom(file.toString()), READ_ONLY_CLOSED_ON_EXEC);
      if (descriptor < 0) {
        throw new IOException("its network can be entered by root only");
      }
      int entered =
          (int) function("setns", JAVA_INT, JAVA_INT).invokeExact(descriptor, CLONE_NEWNET);
      int closed = (int) function("close", JAVA_INT).invokeExact(descriptor);
      if (entered != 0 || closed != 0) {
        throw new IOException("its network can be entered by root only");
      }
    }
  }

  private static MethodHandle function(String name, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static Socket connected(int port) throws IOException {
    try {
      return connected(StandardProtocolFamily.INET, "127.0.0.1", port);
    } catch (ConnectException refused) {
      try {
        return connected(StandardProtocolFamily.INET6, "::1", port);
      } catch (IOException | UnsupportedOperationException neither) {
        throw refused;
      }
    }
  }

  private static Socket connected(StandardProtocolFamily family, String address, int port)
      throws IOException {
    var channel = SocketChannel.open(family);
    try {
      channel.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      return channel.socket();
    } catch (IOException refused) {
      channel.close();
      throw refused;
    }
  }
}
