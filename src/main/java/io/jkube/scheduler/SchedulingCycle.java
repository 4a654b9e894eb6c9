package io.jkube.scheduler;

import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.ScorePlugin;
import io.jkube.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the best node for one pod: filters, then scores. Touches nothing. */
record SchedulingCycle(PluginList plugins) {
  /**
   * @param node the best; nothing when none fits
   * @param diagnosis why others do not fit
   */
  record Decision(Optional<String> node, Diagnosis diagnosis) {}

  Decision decide(PodInfo pod, List<NodeInfo> nodes) {
    var diagnosis = new Diagnosis();
    var fitting = new ArrayList<NodeInfo>();
    for (var node : nodes) {
      if (fits(pod, node, diagnosis)) {
        fitting.add(node);
      }
    }
    var best =
        fitting.isEmpty() ? Optional.<String>empty() : Optional.of(best(pod, fitting).name());
    return new Decision(best, diagnosis);
  }

  /** What to tell of a pod that fits nowhere. */
  String explain(PodInfo pod, Diagnosis diagnosis) {
    var said = plugins.postFilters().stream().map(plugin -> plugin.explain(pod, diagnosis));
    return diagnosis.message(String.join(", ", said.toList()));
  }

  private boolean fits(PodInfo pod, NodeInfo node, Diagnosis diagnosis) {
    for (var plugin : plugins.filters()) {
      var verdict = plugin.filter(pod, node);
      if (!(verdict instanceof Verdict.Fits)) {
        diagnosis.reject(node, plugin, verdict);
        return false;
      }
    }
    return true;
  }

  private NodeInfo best(PodInfo pod, List<NodeInfo> nodes) {
    if (nodes.size() == 1) {
      return nodes.getFirst();
    }
    var totals = new long[nodes.size()];
    for (var plugin : plugins.scores()) {
      if (!plugin.skips(pod)) {
        addScores(plugin, pod, nodes, totals);
      }
    }
    int best = 0;
    for (int i = 1; i < totals.length; i++) {
      if (totals[i] > totals[best]) {
        best = i;
      }
    }
    return nodes.get(best);
  }

  private static void addScores(
      ScorePlugin plugin, PodInfo pod, List<NodeInfo> nodes, long[] totals) {
    var scores = new long[nodes.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = plugin.score(pod, nodes.get(i));
    }
    plugin.normalize(scores);
    for (int i = 0; i < scores.length; i++) {
      totals[i] += plugin.weight() * scores[i];
    }
  }
}
