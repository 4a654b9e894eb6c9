package io.jkube.controller.runtime;

import java.util.Map;

/** What upstream calls the queue of each controller in its metrics: dashboards ask for it. */
final class QueueNames {
  private static final Map<String, String> BY_CONTROLLER =
      Map.ofEntries(
          Map.entry("clusterrole-aggregation-controller", "ClusterRoleAggregator"),
          Map.entry("cronjob-controller", "cronjob"),
          Map.entry("csrapproving", "certificate-csrapproving"),
          Map.entry("csrsigning", "certificate-csrsigning"),
          Map.entry("daemon-set-controller", "daemonset"),
          Map.entry("deployment-controller", "deployment"),
          Map.entry("disruption-controller", "disruption"),
          Map.entry("endpoint-controller", "endpoint"),
          Map.entry("endpointslice-controller", "endpoint_slice"),
          Map.entry("endpointslicemirroring-controller", "endpoint_slice_mirroring"),
          Map.entry("ephemeral-volume-controller", "ephemeral_volume"),
          Map.entry("generic-garbage-collector", "garbage_collector_attempt_to_delete"),
          Map.entry("horizontal-pod-autoscaler", "horizontalpodautoscaler"),
          Map.entry("job-controller", "job"),
          Map.entry("namespace-controller", "namespace"),
          Map.entry("node-controller", "node_lifecycle_controller"),
          Map.entry("persistent-volume-binder", "claims"),
          Map.entry("pod-garbage-collector", "orphaned_pods_nodes"),
          Map.entry("pv-protection-controller", "pvprotection"),
          Map.entry("pvc-protection-controller", "pvcprotection"),
          Map.entry("replicaset-controller", "replicaset"),
          Map.entry("replication-controller", "replicationmanager"),
          Map.entry("resourcequota-controller", "resourcequota_primary"),
          Map.entry("root-ca-cert-publisher", "root_ca_cert_publisher"),
          Map.entry("service-account-controller", "serviceaccount"),
          Map.entry("service-cidrs-controller", "servicecidrs"),
          Map.entry("statefulset-controller", "statefulset"),
          Map.entry("taint-eviction-controller", "noexec_taint_pod"),
          Map.entry("ttl-after-finished-controller", "ttl_jobs_to_delete"));

  private QueueNames() {}

  /** The controller's own name where upstream has no such queue. */
  static String of(String controller) {
    return BY_CONTROLLER.getOrDefault(controller, controller);
  }
}
