package io.jkube.network.ingress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * One of two connections that changed their protocol: what comes in here goes out there, and so
 * does its end. No byte is read before the one before it is written.
 */
final class TunnelEnd extends AbstractConnection.NonBlocking implements Connection.UpgradeTo {
  private final ByteBufferPool pool;
  private final Pump pump = new Pump();
  private final Runnable opened;
  private TunnelEnd other;

  /** What came right behind the head of the request or of the answer. */
  private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

  private TunnelEnd(EndPoint endPoint, Executor executor, ByteBufferPool pool, Runnable opened) {
    super(endPoint, executor);
    this.pool = pool;
    this.opened = opened;
  }

  /** The client's end; once it is open it opens the backend's. */
  static TunnelEnd between(
      EndPoint client, EndPoint backend, Executor executor, ByteBufferPool pool) {
    var far = new TunnelEnd(backend, executor, pool, () -> {});
    var near = new TunnelEnd(client, executor, pool, () -> backend.upgrade(far));
    far.other = near;
    near.other = far;
    return near;
  }

  @Override
  public void onUpgradeTo(ByteBuffer behind) {
    early = BufferUtil.copy(behind);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    opened.run();
    pump.iterate();
  }

  @Override
  public void onFillable() {
    pump.iterate();
  }

  private void end(Throwable failure) {
    getEndPoint().close(failure);
    other.getEndPoint().close(failure);
  }

  private final class Pump extends IteratingCallback {
    private RetainableByteBuffer buffer;

    @Override
    protected Action process() throws IOException {
      release();
      if (early != null && early.hasRemaining()) {
        var behind = early;
        early = null;
        other.getEndPoint().write(this, behind);
        return Action.SCHEDULED;
      }
      buffer = pool.acquire(getInputBufferSize(), true);
      int count = getEndPoint().fill(buffer.getByteBuffer());
      if (count > 0) {
        other.getEndPoint().write(this, buffer.getByteBuffer());
        return Action.SCHEDULED;
      }
      release();
      if (count == 0) {
        fillInterested();
        return Action.IDLE;
      }
      other.getEndPoint().shutdownOutput();
      return Action.SUCCEEDED;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      release();
      end(cause);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }

    private void release() {
      if (buffer != null) {
        buffer.release();
        buffer = null;
      }
    }
  }
}
