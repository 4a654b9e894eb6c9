package io.jkube.network.forward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes bytes between connections that belong together. One thread does it for all of them, and
 * waits for none: what one side is slow to take holds the other side alone. A thread for each
 * direction would have to be woken by another one at every byte; that is what takes time.
 */
final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int MOST_SPARE_BUFFERS = 16;

  private record Pair(SocketChannel client, SocketChannel server) {}

  private final Selector selector;
  private final Queue<Pair> arrivals = new ConcurrentLinkedQueue<>();

  /** Of the thread's; each is empty. */
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();

  private volatile boolean closed;

  private Relay(Selector selector) {
    this.selector = selector;
  }

  static Relay start() throws IOException {
    var relay = new Relay(Selector.open());
    Thread.ofPlatform().daemon().name("loopback-relay").start(relay::run);
    return relay;
  }

  /** From now on these two are the relay's, until both have ended or one has broken. */
  void join(SocketChannel client, SocketChannel server) {
    arrivals.add(new Pair(client, server));
    selector.wakeup();
    if (!selector.isOpen()) {
      welcome(); // closes them
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(key -> ((Side) key.attachment()).act());
        welcome();
      }
    } catch (IOException failure) {
      LOG.error("connections to load balancers and node ports end", failure);
    } finally {
      end();
    }
  }

  private void end() {
    for (var key : selector.keys()) {
      close(key.channel());
    }
    close(selector);
    welcome();
  }

  private void welcome() {
    for (var pair = arrivals.poll(); pair != null; pair = arrivals.poll()) {
      try {
        var client = new Side(pair.client);
        var server = new Side(pair.server);
        client.other = server;
        server.other = client;
        client.register();
        server.register();
      } catch (IOException | ClosedSelectorException gone) {
        close(pair.client);
        close(pair.server);
      }
    }
  }

  /** A few are kept for the next; the collector takes the rest. */
  private void giveBack(ByteBuffer buffer) {
    if (buffers.size() < MOST_SPARE_BUFFERS) {
      buffers.push(buffer.clear());
    }
  }

  private static void close(java.io.Closeable channel) {
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.debug("closing a channel failed", failure);
    }
  }

  /** One of the two connections; of the relay's thread. */
  private final class Side {
    private final SocketChannel channel;
    private Side other;
    private SelectionKey key;

    /** What the other has sent and this has not taken yet; null when that is nothing. */
    private ByteBuffer left;

    /** Whether this will send nothing more. */
    private boolean ended;

    private Side(SocketChannel channel) {
      this.channel = channel;
    }

    private void register() throws IOException {
      channel.configureBlocking(false);
      key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    private void act() {
      try {
        if (key.isValid() && key.isWritable()) {
          writeLeft();
        }
        if (key.isValid() && key.isReadable()) {
          pass();
        }
      } catch (IOException | CancelledKeyException broken) {
        endBoth();
      } catch (RuntimeException | OutOfMemoryError bug) { // the others go on
        LOG.error("a connection to a load balancer or node port ends", bug);
        endBoth();
      }
    }

    /** Hands over what is there; what the other does not take now keeps this from being read. */
    private void pass() throws IOException {
      var buffer = buffers.isEmpty() ? ByteBuffer.allocateDirect(BUFFER_BYTES) : buffers.pop();
      int count;
      try {
        count = channel.read(buffer);
        other.channel.write(buffer.flip());
      } catch (IOException broken) {
        giveBack(buffer);
        throw broken;
      }
      if (buffer.hasRemaining()) {
        other.left = buffer;
        other.key.interestOpsOr(SelectionKey.OP_WRITE);
        key.interestOpsAnd(~SelectionKey.OP_READ);
      } else {
        giveBack(buffer);
      }
      if (count < 0) {
        end();
      }
    }

    private void writeLeft() throws IOException {
      channel.write(left);
      if (!left.hasRemaining()) {
        giveBack(left);
        left = null;
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        other.key.interestOpsOr(SelectionKey.OP_READ);
      }
    }

    /** The other is told, and may still answer. */
    private void end() throws IOException {
      ended = true;
      key.interestOpsAnd(~SelectionKey.OP_READ);
      if (other.ended) {
        endBoth();
      } else {
        other.channel.shutdownOutput();
      }
    }

    private void endBoth() {
      drop();
      other.drop();
    }

    private void drop() {
      if (left != null) {
        giveBack(left);
        left = null;
      }
      close(channel);
    }
  }
}
