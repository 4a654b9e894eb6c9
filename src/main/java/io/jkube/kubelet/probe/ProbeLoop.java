package io.jkube.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One probe of one running container. */
public final class ProbeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeLoop.class);

  /** Told of what a probe found; called by the probe's thread. */
  public interface Listener {
    /** A single look failed; thresholds are not reached by it alone. */
    void failed(String message);

    /** So often in a row that it counts. */
    void turned(boolean success, String message);
  }

  private final Checks checks;
  private final ProbeKind kind;
  private final Probe probe;
  private final Container container;
  private final String containerId;
  private final String address;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  public ProbeLoop(
      Checks checks,
      ProbeKind kind,
      Probe probe,
      Container container,
      String containerId,
      String address,
      Listener listener) {
    this.checks = checks;
    this.kind = kind;
    this.probe = probe;
    this.container = container;
    this.containerId = containerId;
    this.address = address;
    this.listener = listener;
    this.thread =
        Thread.ofVirtual()
            .name(kind.text().toLowerCase(Locale.ROOT) + " " + container.getName())
            .start(this::run);
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      if (!closed.await(or(probe.getInitialDelaySeconds(), 0), TimeUnit.SECONDS)) {
        lookUntilClosed();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      LOG.error("{} probe of container {} ended", kind.text(), container.getName(), bug);
    }
  }

  private void lookUntilClosed() throws InterruptedException {
    int inARow = 0;
    boolean last = false;
    Boolean told = null;
    do {
      var answer = check();
      if (closed.getCount() == 0) {
        return;
      }
      inARow = answer.success() == last ? inARow + 1 : 1;
      last = answer.success();
      if (!last) {
        listener.failed(answer.message());
      }
      if (inARow >= threshold(last) && (told == null || told != last)) {
        told = last;
        listener.turned(last, answer.message());
      }
    } while (!isOver(told) && !closed.await(or(probe.getPeriodSeconds(), 10), TimeUnit.SECONDS));
  }

  private int threshold(boolean success) {
    return success ? or(probe.getSuccessThreshold(), 1) : or(probe.getFailureThreshold(), 3);
  }

  /** A startup probe has said all it can say once it turned either way. */
  private boolean isOver(Boolean told) {
    return kind == ProbeKind.STARTUP && told != null;
  }

  private Checks.Answer check() {
    var timeout = Duration.ofSeconds(or(probe.getTimeoutSeconds(), 1));
    if (probe.getExec() != null) {
      return checks.exec(containerId, probe.getExec().getCommand(), timeout);
    }
    if (probe.getHttpGet() != null) {
      return checks.http(probe.getHttpGet(), container, address, timeout);
    }
    if (probe.getGrpc() != null) {
      return checks.grpc(probe.getGrpc(), address, timeout);
    }
    return checks.tcp(probe.getTcpSocket(), container, address, timeout);
  }

  private static int or(Integer value, int otherwise) {
    return value == null || value == 0 ? otherwise : value;
  }
}
