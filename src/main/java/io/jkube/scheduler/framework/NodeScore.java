package io.jkube.scheduler.framework;

/** How good a node is for one pod. */
@FunctionalInterface
public interface NodeScore {
  /** 0 to {@link ScorePlugin#MAX_SCORE}, or any number that the plugin's normalize brings there. */
  long score(NodeInfo node);
}
