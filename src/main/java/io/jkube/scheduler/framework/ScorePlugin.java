package io.jkube.scheduler.framework;

import java.util.List;
import java.util.Optional;

/** Says how good each of the fitting nodes is for a pod. */
public interface ScorePlugin extends Plugin {
  long MAX_SCORE = 100;

  /** How much its scores count against those of other plugins. */
  int weight();

  /**
   * Looks once at the cluster, then answers for each of the nodes that fit.
   *
   * @param fitting the nodes to choose from
   * @return nothing when the pod asks nothing of this plugin
   */
  Optional<NodeScore> prepare(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting);

  /** Brings the scores of all nodes into 0 to {@link #MAX_SCORE}, in place. */
  default void normalize(long[] scores) {}

  /** The largest becomes 100, the others in proportion; all 0 stay 0. */
  static void proportional(long[] scores) {
    long most = largest(scores);
    for (int i = 0; most > 0 && i < scores.length; i++) {
      scores[i] = scores[i] * MAX_SCORE / most;
    }
  }

  /** As {@link #proportional}, turned round: 0 is best. */
  static void inverseProportional(long[] scores) {
    proportional(scores);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = MAX_SCORE - scores[i];
    }
  }

  /** The smallest becomes 0, the largest 100, the others between; all equal become 0. */
  static void spreadOut(long[] scores) {
    long most = Long.MIN_VALUE;
    long least = Long.MAX_VALUE;
    for (long score : scores) {
      most = Math.max(most, score);
      least = Math.min(least, score);
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = most == least ? 0 : MAX_SCORE * (scores[i] - least) / (most - least);
    }
  }

  private static long largest(long[] scores) {
    long most = 0;
    for (long score : scores) {
      most = Math.max(most, score);
    }
    return most;
  }
}
