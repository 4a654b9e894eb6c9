package io.jkube.scheduler.framework;

/** What a filter says of one pod, node by node. */
@FunctionalInterface
public interface NodeFilter {
  /** For pods that a filter has nothing to say about. */
  NodeFilter NOTHING_AGAINST = node -> Verdict.FITS;

  Verdict filter(NodeInfo node);
}
