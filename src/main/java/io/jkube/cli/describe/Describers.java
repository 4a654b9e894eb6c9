package io.jkube.cli.describe;

import io.jkube.cli.resource.ResourceType;
import java.util.Map;

/** Which kind has a page of its own. A new one is one file and one line here. */
final class Describers {
  private static final Map<String, Describer> BY_KIND =
      Map.of(
          "pod", new DescribePod(),
          "node", new DescribeNode(),
          "service", new DescribeService(),
          "namespace", new DescribeNamespace(),
          "configmap", new DescribeConfigMap(),
          "secret", new DescribeSecret(),
          "serviceaccount", new DescribeServiceAccount(),
          "deployment.apps", new DescribeDeployment(),
          "replicaset.apps", new DescribeReplicaSet());

  private static final Describer ANY_KIND = new DescribeAnyKind();

  private Describers() {}

  static Describer of(ResourceType type) {
    return BY_KIND.getOrDefault(type.qualifiedKind(), ANY_KIND);
  }
}
