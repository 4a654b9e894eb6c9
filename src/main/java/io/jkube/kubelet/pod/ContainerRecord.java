package io.jkube.kubelet.pod;

import io.jkube.kubelet.runtime.ContainerRuntime.Container;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import java.time.Instant;

/**
 * What is known of one container of a pod: its newest instance, the one before, why it waits.
 * Confined to the pod's worker.
 */
final class ContainerRecord {
  /** Exit code of a container whose end nobody saw. */
  static final int LOST_EXIT_CODE = 137;

  private final String name;
  private int nextAttempt;
  private Container newest;
  private Container previous;
  private String sandboxId = "";
  private boolean removed;
  private Waiting waiting;
  private String newestMessage = "";
  private String previousMessage = "";
  private boolean started;
  private boolean ready;

  /**
   * @param nextAttempt the restart count that the next instance has
   */
  ContainerRecord(String name, int nextAttempt) {
    this.name = name;
    this.nextAttempt = nextAttempt;
  }

  String name() {
    return name;
  }

  /** The newest instance, or null. */
  Container newest() {
    return newest;
  }

  /** The instance before the newest, or null; it has ended. */
  Container previous() {
    return previous;
  }

  int nextAttempt() {
    return nextAttempt;
  }

  int restartCount() {
    return newest == null ? nextAttempt : newest.attempt();
  }

  /** Whether the engine still has the newest instance. */
  boolean exists() {
    return newest != null && !removed;
  }

  /** Whether there is or was an instance, now or before this process began. */
  boolean wasEverMade() {
    return newest != null || nextAttempt > 0;
  }

  boolean isRunning() {
    return newest != null && newest.state() == State.RUNNING;
  }

  boolean isCreated() {
    return newest != null && newest.state() == State.CREATED;
  }

  boolean hasExited() {
    return newest != null && newest.state() == State.EXITED;
  }

  boolean succeeded() {
    return hasExited() && newest.exitCode() == 0;
  }

  boolean isIn(String sandbox) {
    return newest != null && sandboxId.equals(sandbox);
  }

  /** The sandbox of the newest instance, or empty. */
  String sandboxId() {
    return sandboxId;
  }

  /** The newest state of an instance in this sandbox; a higher attempt replaces the one before. */
  void observe(Container seen, String sandbox) {
    if (newest != null && seen.attempt() < newest.attempt()) {
      if (previous == null || seen.attempt() >= previous.attempt()) {
        previous = seen;
      }
      return;
    }
    if (newest != null && !seen.id().equals(newest.id())) {
      previous = newest;
      previousMessage = newestMessage;
      newestMessage = "";
    }
    newest = seen;
    sandboxId = sandbox;
    removed = false;
    nextAttempt = Math.max(nextAttempt, seen.attempt() + 1);
    if (seen.state() != State.CREATED) {
      waiting = null;
    }
    if (seen.state() != State.RUNNING) {
      started = false;
      ready = false;
    }
  }

  /** The engine has the newest instance no more; if it ran, it ended now. */
  void lost(Instant now) {
    if (newest == null || removed) {
      return;
    }
    removed = true;
    started = false;
    ready = false;
    if (newest.state() != State.EXITED) {
      newest = ended(newest, now);
    }
  }

  private static Container ended(Container last, Instant now) {
    return new Container(
        last.id(),
        last.pod(),
        last.name(),
        last.attempt(),
        State.EXITED,
        last.image(),
        last.imageId(),
        LOST_EXIT_CODE,
        false,
        "",
        last.createdAt(),
        last.startedAt(),
        now,
        last.labels());
  }

  /** Null while it runs or has not been looked at. */
  Waiting waiting() {
    return waiting;
  }

  void waitFor(String reason, String message) {
    waiting = new Waiting(reason, message);
  }

  void clearWaiting() {
    waiting = null;
  }

  /** What the newest instance left as its termination message. */
  String newestMessage() {
    return newestMessage;
  }

  String previousMessage() {
    return previousMessage;
  }

  void leaveMessage(String message) {
    newestMessage = message;
  }

  boolean started() {
    return started;
  }

  boolean ready() {
    return ready;
  }

  void markStarted(boolean value) {
    started = value;
  }

  void markReady(boolean value) {
    ready = value;
  }
}
