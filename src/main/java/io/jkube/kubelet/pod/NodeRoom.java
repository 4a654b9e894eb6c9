package io.jkube.kubelet.pod;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the node's pods have been given of its CPU and memory. A resize, unlike a new pod, is not
 * the scheduler's to judge. Thread-safe; guarded by itself.
 */
public final class NodeRoom {
  /** Thousandths of a CPU, and bytes. */
  record Share(long milliCpu, long memoryBytes) {
    Share plus(Share other) {
      return new Share(milliCpu + other.milliCpu, memoryBytes + other.memoryBytes);
    }
  }

  /**
   * Why a pod cannot have more, in upstream's words.
   *
   * @param reason {@code Infeasible}: never on this node; {@code Deferred}: not now
   */
  record Refusal(String reason, String message) {}

  private final Share capacity;
  private final Map<String, Share> taken = new HashMap<>();

  /**
   * @param milliCpu, memoryBytes what pods may have in all
   */
  public NodeRoom(long milliCpu, long memoryBytes) {
    this.capacity = new Share(milliCpu, memoryBytes);
  }

  synchronized void take(String podUid, Share share) {
    taken.put(podUid, share);
  }

  synchronized void free(String podUid) {
    taken.remove(podUid);
  }

  /** Gives the pod its new share, unless it does not fit. */
  synchronized Optional<Refusal> change(String podUid, Share wanted) {
    var never =
        tooMuch("cpu", wanted.milliCpu, 0, capacity.milliCpu)
            .or(() -> tooMuch("memory", wanted.memoryBytes, 0, capacity.memoryBytes));
    if (never.isPresent()) {
      return never.map(
          what -> new Refusal("Infeasible", "Node didn't have enough capacity: " + what));
    }
    var others = new Share(0, 0);
    for (var each : taken.entrySet()) {
      others = each.getKey().equals(podUid) ? others : others.plus(each.getValue());
    }
    var used = others;
    var now =
        tooMuch("cpu", wanted.milliCpu, used.milliCpu, capacity.milliCpu)
            .or(
                () ->
                    tooMuch("memory", wanted.memoryBytes, used.memoryBytes, capacity.memoryBytes));
    if (now.isPresent()) {
      return now.map(what -> new Refusal("Deferred", "Node didn't have enough resource: " + what));
    }
    taken.put(podUid, wanted);
    return Optional.empty();
  }

  private static Optional<String> tooMuch(String what, long wanted, long used, long capacity) {
    if (wanted + used <= capacity) {
      return Optional.empty();
    }
    var others = used == 0 ? "" : ", used: " + used;
    return Optional.of(what + ", requested: " + wanted + others + ", capacity: " + capacity);
  }
}
