package io.jkube.scheduler;

import io.jkube.scheduler.framework.Diagnosis.Rejection;
import io.jkube.scheduler.framework.FilterPlugin;
import io.jkube.scheduler.framework.NodeFilter;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The filters, prepared for one pod and the nodes as they are at one moment. */
final class Filtering {
  private final PodInfo pod;
  private final NodeSnapshot nodes;
  private final Nominations nominations;
  private final List<FilterPlugin> plugins;

  /** Those that have something to say about the pod. */
  private final List<Prepared> filters = new ArrayList<>();

  private record Prepared(String plugin, NodeFilter filter) {}

  Filtering(PodInfo pod, NodeSnapshot nodes, Nominations nominations, List<FilterPlugin> plugins) {
    this.pod = pod;
    this.nodes = nodes;
    this.nominations = nominations;
    this.plugins = plugins;
    for (var plugin : plugins) {
      var filter = plugin.prepare(pod, nodes);
      if (filter != NodeFilter.NOTHING_AGAINST) {
        filters.add(new Prepared(plugin.name(), filter));
      }
    }
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
    for (var prepared : filters) {
      var verdict = prepared.filter.filter(node);
      if (!(verdict instanceof Verdict.Fits)) {
        return Optional.of(new Rejection(node, prepared.plugin, verdict));
      }
    }
    return Optional.empty();
  }
}
