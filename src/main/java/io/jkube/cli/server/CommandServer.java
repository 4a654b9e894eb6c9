package io.jkube.cli.server;

import io.jkube.cli.command.Commands;
import io.jkube.client.Transport;
import io.jkube.cluster.snapshot.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the command lines that come over a Unix socket. Only the owner of the folder it lies in (and
 * root) is served: the folder's mode keeps others out, and the peer's user is checked besides.
 */
public final class CommandServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);

  private final Path socket;
  private final Served served;
  private final String owner;
  private final ServerSocketChannel listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  /**
   * What every command run here shares.
   *
   * @param apiUrl where other programs reach the API, such as {@code https://127.0.0.1:6443}
   * @param transport to the API, as the socket's owner
   */
  public record Served(
      String cluster,
      String apiUrl,
      Commands commands,
      Transport transport,
      InstantSource clock,
      Snapshots snapshots) {}

  private CommandServer(Path socket, Served served) throws IOException {
    this.socket = socket;
    this.served = served;
    this.owner = Files.getOwner(socket.getParent()).getName();
    Files.deleteIfExists(socket);
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    this.listener.bind(UnixDomainSocketAddress.of(socket));
  }

  /**
   * Listens from now on.
   *
   * @param socket in a folder of mode 0700; a left-over of that name is replaced (the caller holds
   *     the cluster's lock)
   * @throws UncheckedIOException when the socket cannot be made
   */
  public static CommandServer start(Path socket, Served served) {
    try {
      var server = new CommandServer(socket, served);
      Thread.ofVirtual().name("cli-accept").start(server::accept);
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException("listening on " + socket, failed);
    }
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        serve(listener.accept());
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException failed) {
        LOG.warn("a command line was not accepted: {}", failed.toString());
      }
    }
  }

  private void serve(SocketChannel client) throws IOException {
    var peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    if (!peer.equals(owner) && !peer.equals("root")) {
      LOG.warn("refused a command line of user {}", peer);
      client.close();
      return;
    }
    var connection = new Connection(client, served);
    connections.add(connection);
    Thread.ofVirtual()
        .name("cli-command")
        .start(
            () -> {
              try {
                connection.run();
              } finally {
                connections.remove(connection);
              }
            });
  }

  /** Interrupts the commands under way and removes the socket. */
  @Override
  public void close() {
    try {
      listener.close();
      Files.deleteIfExists(socket);
    } catch (IOException failed) {
      LOG.warn("closing {}: {}", socket, failed.toString());
    }
    connections.forEach(Connection::interrupt);
  }
}
