package io.jkube.kubelet;

import io.jkube.api.ObjectReference;
import io.jkube.client.EventRecorder;
import io.jkube.kubelet.image.ImageCollection;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives disk back that no pod needs. One virtual thread looks every five minutes. */
final class Reclaiming implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reclaiming.class);
  private static final Duration PERIOD = Duration.ofMinutes(5);

  private final ContainerRuntime runtime;
  private final ImageCollection images;
  private final EventRecorder recorder;
  private final ObjectReference node;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  Reclaiming(
      String node, ContainerRuntime runtime, ImageCollection images, EventRecorder recorder) {
    this.runtime = runtime;
    this.images = images;
    this.recorder = recorder;
    this.node = new ObjectReference("v1", "Node", "", node, node, "", "");
    this.thread = Thread.ofVirtual().name("reclaiming " + node).unstarted(this::run);
  }

  Reclaiming start() {
    thread.start();
    return this;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          look();
        } catch (RuntimeFailure failure) {
          LOG.warn("images are left as they are: {}", failure.getMessage());
        } catch (RuntimeException bug) {
          LOG.error("images were not looked at", bug);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at the images, as the thread has it. */
  void look() {
    images
        .collect()
        .ifPresent(shortfall -> recorder.warning(node, "FreeDiskSpaceFailed", shortfall.message()));
  }

  /**
   * The disk is full: images that nobody uses go, and of a container's instances all but the
   * newest, whose end its pod still has to know of.
   */
  void everything() {
    var instances =
        runtime.containers().stream()
            .collect(
                Collectors.groupingBy(
                    container -> List.of(container.pod().uid(), container.name())));
    instances.values().forEach(this::removeAllButNewest);
    images.collectAll();
  }

  private void removeAllButNewest(List<ContainerSummary> instances) {
    instances.stream()
        .sorted(Comparator.comparingInt(ContainerSummary::attempt).reversed())
        .skip(1)
        .filter(container -> container.state() == State.EXITED)
        .forEach(container -> remove(container.id()));
  }

  /** One that stays is no reason to keep the others. */
  private void remove(String id) {
    try {
      runtime.removeContainer(id);
    } catch (RuntimeFailure failure) {
      if (failure.kind() == RuntimeFailure.Kind.INTERRUPTED) {
        throw failure;
      }
      LOG.warn("container {} stays: {}", id, failure.getMessage());
    }
  }
}
