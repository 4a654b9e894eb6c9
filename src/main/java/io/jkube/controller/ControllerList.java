package io.jkube.controller;

import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.api.volume.FolderOwner;
import io.jkube.api.x509.CertificateAuthority;
import io.jkube.api.x509.Pem;
import io.jkube.client.ApiClient;
import io.jkube.controller.autoscaling.AutoscalerController;
import io.jkube.controller.certificate.NodeApprover;
import io.jkube.controller.certificate.RequestCleaner;
import io.jkube.controller.certificate.SigningController;
import io.jkube.controller.disruption.DisruptionController;
import io.jkube.controller.endpoint.EndpointSliceController;
import io.jkube.controller.endpoint.EndpointSliceMirroring;
import io.jkube.controller.endpoint.EndpointsController;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import io.jkube.controller.service.AddressRepair;
import io.jkube.controller.service.ServiceCidrController;
import io.jkube.controller.volume.EphemeralClaims;
import io.jkube.controller.volume.InUseProtection;
import io.jkube.controller.volume.LocalProvisioner;
import io.jkube.controller.volume.VolumeBinder;
import io.jkube.controller.workload.CronJobController;
import io.jkube.controller.workload.DaemonSetController;
import io.jkube.controller.workload.DeploymentController;
import io.jkube.controller.workload.JobController;
import io.jkube.controller.workload.JobTtlController;
import io.jkube.controller.workload.ReplicaSetController;
import io.jkube.controller.workload.StatefulSetController;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The controllers, a line each, while they run. */
public final class ControllerList implements AutoCloseable, MetricsSource {
  /** What stands before a controller's name in the name of the user it acts as. */
  public static final String USER_PREFIX = "system:serviceaccount:kube-system:";

  /** Who reads what all controllers look at. */
  public static final String READER = "system:kube-controller-manager";

  private final SharedInformers informers;
  private final List<ControllerRunner> runners;

  private ControllerList(SharedInformers informers, List<ControllerRunner> runners) {
    this.informers = informers;
    this.runners = runners;
  }

  /**
   * Starts them all; does not wait until they have seen anything. Asks the server which kinds it
   * serves, and fails with {@link io.jkube.api.ApiException} when it does not say.
   *
   * @param clientOf a client that acts as the user of that name
   * @param authority the cluster's: what pods trust, and who signs certificates
   * @param volumes where folders of persistent volumes are made
   * @param folderOwner of what containers wrote into them as other users
   */
  public static ControllerList start(
      Function<String, ApiClient> clientOf,
      Clock clock,
      CertificateAuthority authority,
      Path volumes,
      FolderOwner folderOwner) {
    Objects.requireNonNull(authority, "authority");
    Function<String, ApiClient> client = name -> clientOf.apply(USER_PREFIX + name);
    var informers = new SharedInformers(clientOf.apply(READER));
    var runners =
        List.of(
            ServiceAccountController.runner(
                client.apply(ServiceAccountController.NAME), informers, clock),
            RootCaPublisher.runner(
                client.apply(RootCaPublisher.NAME),
                informers,
                clock,
                new String(Pem.encode(authority.certificate()), StandardCharsets.US_ASCII)),
            NamespaceController.runner(client.apply(NamespaceController.NAME), informers, clock),
            RoleAggregation.runner(client.apply(RoleAggregation.NAME), clock),
            PodGc.runner(client.apply(PodGc.NAME), informers, clock, PodGc.MAX_ENDED_PODS),
            NodeLifecycle.runner(client.apply(NodeLifecycle.NAME), informers, clock),
            TaintEviction.runner(client.apply(NodeLifecycle.NAME), informers, clock),
            OwnerGc.runner(client.apply(OwnerGc.NAME), clock),
            ReplicaSetController.ofReplicaSets(
                client.apply("replicaset-controller"), informers, clock),
            ReplicaSetController.ofReplicationControllers(
                client.apply("replication-controller"), informers, clock),
            DeploymentController.runner(client.apply(DeploymentController.NAME), informers, clock),
            StatefulSetController.runner(
                client.apply(StatefulSetController.NAME), informers, clock),
            DaemonSetController.runner(client.apply(DaemonSetController.NAME), informers, clock),
            JobController.runner(client.apply(JobController.NAME), informers, clock),
            EndpointSliceController.runner(
                client.apply(EndpointSliceController.NAME), informers, clock),
            EndpointSliceMirroring.runner(
                client.apply(EndpointSliceMirroring.NAME), informers, clock),
            EndpointsController.runner(client.apply(EndpointsController.NAME), informers, clock),
            ServiceCidrController.runner(
                client.apply(ServiceCidrController.NAME), informers, clock),
            AddressRepair.runner(client.apply(AddressRepair.NAME), informers, clock),
            AutoscalerController.runner(client.apply(AutoscalerController.NAME), informers, clock),
            DisruptionController.runner(client.apply(DisruptionController.NAME), informers, clock),
            CronJobController.runner(client.apply(CronJobController.NAME), informers, clock),
            JobTtlController.runner(client.apply(JobTtlController.NAME), informers, clock),
            ResourceQuotaController.runner(
                client.apply(ResourceQuotaController.NAME), informers, clock),
            VolumeBinder.runner(client.apply(VolumeBinder.NAME), informers, clock),
            LocalProvisioner.runner(
                client.apply(VolumeBinder.NAME), informers, clock, volumes, folderOwner),
            InUseProtection.ofClaims(client.apply(InUseProtection.OF_CLAIMS), informers, clock),
            InUseProtection.ofVolumes(client.apply(InUseProtection.OF_VOLUMES), informers, clock),
            EphemeralClaims.runner(client.apply(EphemeralClaims.NAME), informers, clock),
            SigningController.runner(
                client.apply(SigningController.ACCOUNT), informers, clock, authority),
            NodeApprover.runner(client.apply(SigningController.ACCOUNT), informers, clock),
            RequestCleaner.runner(client.apply(SigningController.ACCOUNT), informers, clock));
    informers.start();
    runners.forEach(ControllerRunner::start);
    return new ControllerList(informers, runners);
  }

  /** Waits until every controller has seen all it works on; false when it is not so in time. */
  public boolean awaitSynced(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (var runner : runners) {
      if (!runner.awaitSynced(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void writeTo(TextFormat text) {
    ControllerRunner.write(text, runners);
  }

  @Override
  public void close() {
    ControllerRunner.close(runners);
    informers.close();
  }
}
