package io.jkube.scheduler;

import io.jkube.scheduler.framework.Diagnosis.Rejection;
import io.jkube.scheduler.framework.FilterPlugin;
import io.jkube.scheduler.framework.NodeFilter;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.Verdict;
import java.util.List;
import java.util.Optional;

/** The filters, prepared for one pod and the nodes as they are at one moment. */
final class Filtering {
  private final PodInfo pod;
  private final NodeSnapshot nodes;
  private final Nominations nominations;
  private final List<FilterPlugin> plugins;
  private final List<NodeFilter> filters;

  Filtering(PodInfo pod, NodeSnapshot nodes, Nominations nominations, List<FilterPlugin> plugins) {
    this.pod = pod;
    this.nodes = nodes;
    this.nominations = nominations;
    this.plugins = plugins;
    this.filters = plugins.stream().map(plugin -> plugin.prepare(pod, nodes)).toList();
  }

  /**
   * Why the pod cannot be on that node; empty when it can. It must fit beside the pods for which
   * room is being made there, and without them too, as they may never come.
   */
  Optional<Rejection> check(NodeInfo node) {
    var promised = nominations.before(pod, node.name());
    if (!promised.isEmpty()) {
      var full = node;
      for (var other : promised) {
        full = full.plus(other.assumedOn(node.name()));
      }
      var rejection = imagining(full).ask(full);
      if (rejection.isPresent()) {
        return rejection;
      }
    }
    return ask(node);
  }

  /** What {@link #check} would say of a node that is as given, with all others as they are. */
  Verdict whatIf(NodeInfo changed) {
    return imagining(changed).check(changed).map(Rejection::verdict).orElse(Verdict.FITS);
  }

  private Filtering imagining(NodeInfo changed) {
    return new Filtering(pod, nodes.with(changed), nominations, plugins);
  }

  private Optional<Rejection> ask(NodeInfo node) {
    for (int i = 0; i < filters.size(); i++) {
      var verdict = filters.get(i).filter(node);
      if (!(verdict instanceof Verdict.Fits)) {
        return Optional.of(new Rejection(node, plugins.get(i).name(), verdict));
      }
    }
    return Optional.empty();
  }
}
