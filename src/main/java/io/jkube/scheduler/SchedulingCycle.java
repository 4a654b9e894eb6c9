package io.jkube.scheduler;

import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeScore;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PostFilterResult;
import io.jkube.scheduler.framework.PostFilterResult.MakeRoom;
import io.jkube.scheduler.framework.PostFilterResult.Nothing;
import io.jkube.scheduler.framework.PostFilterResult.Wait;
import io.jkube.scheduler.framework.ScorePlugin;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the best node for one pod after the other: filters, then scores; where none fits, asks what
 * can be done. Touches nothing. For the scheduler's one thread.
 */
final class SchedulingCycle {
  /** Up to so many nodes, all are looked at. */
  private static final int FEW_NODES = 100;

  private static final int LEAST_PERCENT = 5;

  private final PluginList plugins;
  private final Nominations nominations;

  /** Where to go on looking, so that every node of a large cluster has its turn. */
  private int next;

  SchedulingCycle(PluginList plugins, Nominations nominations) {
    this.plugins = plugins;
    this.nominations = nominations;
  }

  /** What came of a cycle. {@code diagnosis} says why the nodes do not fit that were rejected. */
  sealed interface Decision {
    Diagnosis diagnosis();

    record Bind(String node, Diagnosis diagnosis) implements Decision {}

    /** {@code message} is what to tell the pod's owner. */
    record Reject(PostFilterResult result, String message, Diagnosis diagnosis)
        implements Decision {}
  }

  Decision decide(PodInfo pod, NodeSnapshot nodes) {
    var filtering = new Filtering(pod, nodes, nominations, plugins.filters());
    var diagnosis = new Diagnosis();
    var fitting = fitting(filtering, nodes.nodes(), diagnosis);
    return fitting.isEmpty()
        ? reject(pod, nodes, diagnosis, filtering)
        : new Decision.Bind(best(pod, nodes, fitting).name(), diagnosis);
  }

  private List<NodeInfo> fitting(Filtering filtering, List<NodeInfo> nodes, Diagnosis diagnosis) {
    int enough = enough(nodes.size());
    var fitting = new ArrayList<NodeInfo>(enough);
    int looked = 0;
    for (; looked < nodes.size() && fitting.size() < enough; looked++) {
      var node = nodes.get((next + looked) % nodes.size());
      var rejection = filtering.check(node);
      if (rejection.isPresent()) {
        diagnosis.reject(rejection.get());
      } else {
        fitting.add(node);
      }
    }
    next = looked >= nodes.size() ? 0 : (next + looked) % nodes.size();
    return fitting;
  }

  /** How many fitting nodes are choice enough; upstream's default for percentageOfNodesToScore. */
  private static int enough(int nodes) {
    int percent = Math.max(LEAST_PERCENT, 50 - nodes / 125);
    return nodes <= FEW_NODES ? nodes : Math.max(FEW_NODES, nodes * percent / 100);
  }

  private Decision reject(
      PodInfo pod, NodeSnapshot nodes, Diagnosis diagnosis, Filtering filtering) {
    var said = new ArrayList<String>();
    PostFilterResult result = new Nothing("");
    for (var plugin : plugins.postFilters()) {
      result = plugin.postFilter(pod, nodes, diagnosis, filtering::whatIf);
      switch (result) {
        case MakeRoom found -> {
          return new Decision.Reject(found, diagnosis.message(""), diagnosis);
        }
        case Wait waiting -> said.add(waiting.message());
        case Nothing nothing -> said.add(nothing.message());
      }
    }
    return new Decision.Reject(result, diagnosis.message(String.join(", ", said)), diagnosis);
  }

  private NodeInfo best(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting) {
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    var totals = new long[fitting.size()];
    for (var plugin : plugins.scores()) {
      plugin
          .prepare(pod, nodes, fitting)
          .ifPresent(score -> addScores(plugin, score, fitting, totals));
    }
    int best = 0;
    for (int i = 1; i < totals.length; i++) {
      if (totals[i] > totals[best]) {
        best = i;
      }
    }
    return fitting.get(best);
  }

  private static void addScores(
      ScorePlugin plugin, NodeScore score, List<NodeInfo> nodes, long[] totals) {
    var scores = new long[nodes.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score.score(nodes.get(i));
    }
    plugin.normalize(scores);
    for (int i = 0; i < scores.length; i++) {
      totals[i] += plugin.weight() * scores[i];
    }
  }
}
