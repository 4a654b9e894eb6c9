package io.jkube.scheduler;

import io.jkube.client.ApiClient;
import io.jkube.scheduler.framework.BindPlugin;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.DisruptionBudget;
import io.jkube.scheduler.framework.FilterPlugin;
import io.jkube.scheduler.framework.PostFilterPlugin;
import io.jkube.scheduler.framework.PreBindPlugin;
import io.jkube.scheduler.framework.PreEnqueuePlugin;
import io.jkube.scheduler.framework.QueueSortPlugin;
import io.jkube.scheduler.framework.ScorePlugin;
import io.jkube.scheduler.framework.StorageView;
import io.jkube.scheduler.plugin.DefaultBinder;
import io.jkube.scheduler.plugin.DefaultPreemption;
import io.jkube.scheduler.plugin.DynamicResources;
import io.jkube.scheduler.plugin.ImageLocality;
import io.jkube.scheduler.plugin.InterPodAffinity;
import io.jkube.scheduler.plugin.NodeAffinity;
import io.jkube.scheduler.plugin.NodeName;
import io.jkube.scheduler.plugin.NodePorts;
import io.jkube.scheduler.plugin.NodeResourcesBalancedAllocation;
import io.jkube.scheduler.plugin.NodeResourcesFit;
import io.jkube.scheduler.plugin.NodeUnschedulable;
import io.jkube.scheduler.plugin.PodTopologySpread;
import io.jkube.scheduler.plugin.PrioritySort;
import io.jkube.scheduler.plugin.SchedulingGates;
import io.jkube.scheduler.plugin.TaintToleration;
import io.jkube.scheduler.plugin.VolumeBinding;
import io.jkube.scheduler.plugin.VolumeRestrictions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Which rules hold, in the order they are asked. */
public record PluginList(
    QueueSortPlugin queueSort,
    List<PreEnqueuePlugin> preEnqueue,
    List<FilterPlugin> filters,
    List<PostFilterPlugin> postFilters,
    List<ScorePlugin> scores,
    List<PreBindPlugin> preBinds,
    BindPlugin binder) {
  public PluginList {
    preEnqueue = List.copyOf(preEnqueue);
    filters = List.copyOf(filters);
    postFilters = List.copyOf(postFilters);
    scores = List.copyOf(scores);
    preBinds = List.copyOf(preBinds);
  }

  /** Upstream's default profile, as far as it is built. */
  public static PluginList standard(
      ApiClient client, Supplier<List<DisruptionBudget>> disruptionBudgets, StorageView storage) {
    var taints = new TaintToleration();
    var affinity = new NodeAffinity();
    var resources = new NodeResourcesFit();
    var spread = new PodTopologySpread();
    var pods = new InterPodAffinity();
    var volumes = new VolumeBinding(client, storage);
    return new PluginList(
        new PrioritySort(),
        List.of(new SchedulingGates()),
        List.of(
            new NodeUnschedulable(),
            new NodeName(),
            taints,
            affinity,
            new NodePorts(),
            resources,
            new VolumeRestrictions(storage),
            volumes,
            spread,
            pods),
        List.of(new DynamicResources(), new DefaultPreemption(disruptionBudgets)),
        List.of(
            taints,
            affinity,
            spread,
            pods,
            resources,
            new NodeResourcesBalancedAllocation(),
            new ImageLocality()),
        List.of(volumes),
        new DefaultBinder(client));
  }

  /** After which events a pod that these plugins rejected is worth another try. */
  Set<ClusterEvent> retryOn(Set<String> rejectedBy) {
    var events = EnumSet.noneOf(ClusterEvent.class);
    for (var plugin : filters) {
      if (rejectedBy.contains(plugin.name())) {
        events.addAll(plugin.retryOn());
      }
    }
    return events;
  }
}
