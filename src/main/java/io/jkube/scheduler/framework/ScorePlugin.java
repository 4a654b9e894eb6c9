package io.jkube.scheduler.framework;

/** Says how good each of the fitting nodes is for a pod. */
public interface ScorePlugin extends Plugin {
  long MAX_SCORE = 100;

  /** How much its scores count against those of other plugins. */
  int weight();

  /** Whether it has nothing to say about this pod, on whatever node. */
  default boolean skips(PodInfo pod) {
    return false;
  }

  /** 0 to {@link #MAX_SCORE}, or any number that {@link #normalize} brings there. */
  long score(PodInfo pod, NodeInfo node);

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

  private static long largest(long[] scores) {
    long most = 0;
    for (long score : scores) {
      most = Math.max(most, score);
    }
    return most;
  }
}
