package io.jkube.apiserver;

import io.jkube.api.stream.Link;
import io.jkube.apiserver.request.Conversation;
import io.jkube.apiserver.request.Reply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.FutureCallback;

/**
 * A connection after its answer 101: no longer HTTP, but a {@link Link} for a conversation, which
 * runs on a virtual thread of its own. Jetty ends it when the server stops.
 */
final class UpgradedConnection extends AbstractConnection implements Connection.UpgradeTo, Link {
  /** As long as upstream's kubelet waits for a word in either direction. */
  private static final Duration IDLE_TIMEOUT = Duration.ofHours(4);

  private static final int BUFFER_BYTES = 32 * 1024;

  private final EndPoint endPoint;
  private final Conversation conversation;
  private final ByteBuffer received = BufferUtil.allocate(BUFFER_BYTES);
  private final Input input = new Input();
  private final Output output = new Output();

  private UpgradedConnection(EndPoint endPoint, Conversation conversation) {
    super(endPoint, Runnable::run);
    this.endPoint = endPoint;
    this.conversation = conversation;
  }

  /** Makes Jetty hand over the connection once the answer is out. */
  static void prepare(
      HttpServletRequest request, HttpServletResponse response, Reply.Switching switching) {
    switching.headers().forEach(response::setHeader);
    var core = ServletContextRequest.getServletContextRequest(request);
    var endPoint = core.getConnectionMetaData().getConnection().getEndPoint();
    core.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
        new UpgradedConnection(endPoint, switching.conversation()));
  }

  /** What the client sent behind its request. */
  @Override
  public void onUpgradeTo(ByteBuffer behind) {
    BufferUtil.append(received, behind);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    endPoint.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    Thread.ofVirtual().name("stream").start(this::converse);
  }

  private void converse() {
    try (this) {
      conversation.over(this);
    }
  }

  @Override
  public void onFillable() {
    // the reader asks for itself
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void endOutput() {
    endPoint.shutdownOutput();
  }

  private static void await(FutureCallback done) throws IOException {
    try {
      done.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the connection was waited for");
    } catch (ExecutionException lost) {
      throw lost.getCause() instanceof IOException io ? io : new IOException(lost.getCause());
    }
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      return fill() ? received.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, received.remaining());
      received.get(into, offset, count);
      return count;
    }

    @Override
    public int available() {
      return received.remaining();
    }

    private boolean fill() throws IOException {
      while (!received.hasRemaining()) {
        BufferUtil.clear(received);
        int count = endPoint.fill(received);
        if (count < 0) {
          return false;
        }
        if (count == 0) {
          var more = new FutureCallback();
          endPoint.fillInterested(more);
          await(more);
        }
      }
      return true;
    }
  }

  private final class Output extends OutputStream {
    private final ReentrantLock turn = new ReentrantLock();

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      turn.lock();
      try {
        var sent = new FutureCallback();
        endPoint.write(sent, ByteBuffer.wrap(bytes, offset, length));
        await(sent);
      } finally {
        turn.unlock();
      }
    }
  }
}
