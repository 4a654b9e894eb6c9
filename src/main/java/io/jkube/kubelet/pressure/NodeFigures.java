package io.jkube.kubelet.pressure;

import java.util.Map;

/** Tells what is left on a node; a figure that cannot be had is not in the answer. */
@FunctionalInterface
public interface NodeFigures {
  /** Of a machine that nothing is known of. */
  NodeFigures UNKNOWN = Map::of;

  Map<EvictionSignal, Left> look();

  /** The same without a figure that was asked for a while ago. */
  default Map<EvictionSignal, Left> lookAnew() {
    return look();
  }

  /**
   * @param available bytes, or a count
   * @param capacity in the same unit
   */
  record Left(long available, long capacity) {
    public Left {
      if (available < 0 || capacity < 0) {
        throw new IllegalArgumentException("left " + available + " of " + capacity);
      }
    }
  }
}
