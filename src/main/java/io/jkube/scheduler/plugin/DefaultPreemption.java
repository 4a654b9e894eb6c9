package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PostFilterPlugin;
import io.jkube.scheduler.framework.Verdict;
import java.util.TreeMap;

/** Says, node by node, why no pod is removed in favour of another. It never removes one. */
public final class DefaultPreemption implements PostFilterPlugin {
  @Override
  public String name() {
    return "DefaultPreemption";
  }

  @Override
  public String explain(PodInfo pod, Diagnosis diagnosis) {
    if (pod.object().path("spec").path("preemptionPolicy").asText().equals("Never")) {
      return "preemption: not eligible due to preemptionPolicy=Never.";
    }
    var counts = new TreeMap<String, Integer>();
    for (var rejection : diagnosis.rejections()) {
      counts.merge(reason(rejection.verdict()), 1, Integer::sum);
    }
    return "preemption: " + Diagnosis.message(diagnosis.rejections().size(), counts);
  }

  private static String reason(Verdict verdict) {
    return verdict instanceof Verdict.Unresolvable
        ? "Preemption is not helpful for scheduling"
        : "No preemption victims found for incoming pod";
  }
}
