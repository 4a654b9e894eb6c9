package io.jkube.cli.describe;

import static java.util.Map.entry;

import io.jkube.cli.resource.ResourceType;
import java.util.Map;

/** Which kind has a page of its own. A new one is one file and one line here. */
final class Describers {
  private static final Map<String, Describer> BY_KIND =
      Map.ofEntries(
          entry("pod", new DescribePod()),
          entry("node", new DescribeNode()),
          entry("service", new DescribeService()),
          entry("endpoints", new DescribeEndpoints()),
          entry("namespace", new DescribeNamespace()),
          entry("configmap", new DescribeConfigMap()),
          entry("secret", new DescribeSecret()),
          entry("serviceaccount", new DescribeServiceAccount()),
          entry("endpointslice.discovery.k8s.io", new DescribeEndpointSlice()),
          entry("ingressclass.networking.k8s.io", new DescribeIngressClass()),
          entry("storageclass.storage.k8s.io", new DescribeStorageClass()),
          entry("priorityclass.scheduling.k8s.io", new DescribePriorityClass()),
          entry("deployment.apps", new DescribeDeployment()),
          entry("replicaset.apps", new DescribeReplicaSet()));

  private static final Describer ANY_KIND = new DescribeAnyKind();

  private Describers() {}

  static Describer of(ResourceType type) {
    return BY_KIND.getOrDefault(type.qualifiedKind(), ANY_KIND);
  }
}
