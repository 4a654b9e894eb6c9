package io.jkube.registry.builtin;

import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.admissionregistration.MutatingAdmissionPolicies;
import io.jkube.registry.admissionregistration.MutatingAdmissionPolicyBindings;
import io.jkube.registry.admissionregistration.MutatingWebhookConfigurations;
import io.jkube.registry.admissionregistration.ValidatingAdmissionPolicies;
import io.jkube.registry.admissionregistration.ValidatingAdmissionPolicyBindings;
import io.jkube.registry.admissionregistration.ValidatingWebhookConfigurations;
import io.jkube.registry.apiregistration.ApiServices;
import io.jkube.registry.apps.ControllerRevisions;
import io.jkube.registry.apps.DaemonSets;
import io.jkube.registry.apps.Deployments;
import io.jkube.registry.apps.ReplicaSets;
import io.jkube.registry.apps.StatefulSets;
import io.jkube.registry.authentication.SelfSubjectReviews;
import io.jkube.registry.authentication.TokenReviews;
import io.jkube.registry.authorization.LocalSubjectAccessReviews;
import io.jkube.registry.authorization.SelfSubjectAccessReviews;
import io.jkube.registry.authorization.SelfSubjectRulesReviews;
import io.jkube.registry.authorization.SubjectAccessReviews;
import io.jkube.registry.autoscaling.HorizontalPodAutoscalers;
import io.jkube.registry.batch.CronJobs;
import io.jkube.registry.batch.Jobs;
import io.jkube.registry.certificates.CertificateSigningRequests;
import io.jkube.registry.coordination.Leases;
import io.jkube.registry.core.Bindings;
import io.jkube.registry.core.ComponentStatuses;
import io.jkube.registry.core.ConfigMaps;
import io.jkube.registry.core.Endpoints;
import io.jkube.registry.core.Events;
import io.jkube.registry.core.LimitRanges;
import io.jkube.registry.core.Namespaces;
import io.jkube.registry.core.Nodes;
import io.jkube.registry.core.PersistentVolumeClaims;
import io.jkube.registry.core.PersistentVolumes;
import io.jkube.registry.core.PodTemplates;
import io.jkube.registry.core.Pods;
import io.jkube.registry.core.ReplicationControllers;
import io.jkube.registry.core.ResourceQuotas;
import io.jkube.registry.core.Secrets;
import io.jkube.registry.core.ServiceAccounts;
import io.jkube.registry.core.Services;
import io.jkube.registry.crd.CustomResourceDefinitions;
import io.jkube.registry.discovery.EndpointSlices;
import io.jkube.registry.flowcontrol.FlowSchemas;
import io.jkube.registry.flowcontrol.PriorityLevelConfigurations;
import io.jkube.registry.networking.IngressClasses;
import io.jkube.registry.networking.Ingresses;
import io.jkube.registry.networking.IpAddresses;
import io.jkube.registry.networking.NetworkPolicies;
import io.jkube.registry.networking.ServiceCidrs;
import io.jkube.registry.node.RuntimeClasses;
import io.jkube.registry.policy.PodDisruptionBudgets;
import io.jkube.registry.rbac.ClusterRoleBindings;
import io.jkube.registry.rbac.ClusterRoles;
import io.jkube.registry.rbac.RoleBindings;
import io.jkube.registry.rbac.Roles;
import io.jkube.registry.resource.DeviceClasses;
import io.jkube.registry.resource.ResourceClaimTemplates;
import io.jkube.registry.resource.ResourceClaims;
import io.jkube.registry.resource.ResourceSlices;
import io.jkube.registry.scheduling.PriorityClasses;
import io.jkube.registry.storage.CsiDrivers;
import io.jkube.registry.storage.CsiNodes;
import io.jkube.registry.storage.CsiStorageCapacities;
import io.jkube.registry.storage.StorageClasses;
import io.jkube.registry.storage.VolumeAttachments;
import io.jkube.registry.storage.VolumeAttributesClasses;
import java.time.InstantSource;
import java.util.List;

/**
 * The kinds built in, a line each; adding one is one file and one line here. In the order of
 * discovery: groups by upstream's priority, in them by name. {@code kubectl get all} shows this
 * order.
 */
public final class BuiltinKinds {
  private BuiltinKinds() {}

  /**
   * A new catalog of one server.
   *
   * @param clock tells "now" to columns that show how long ago something was
   */
  public static ResourceCatalog catalog(InstantSource clock) {
    return new ResourceCatalog(
        List.of(
            Bindings.DEFINITION,
            ComponentStatuses.DEFINITION,
            ConfigMaps.DEFINITION,
            Endpoints.DEFINITION,
            Events.definition(clock),
            LimitRanges.DEFINITION,
            Namespaces.DEFINITION,
            Nodes.DEFINITION,
            PersistentVolumeClaims.DEFINITION,
            PersistentVolumes.DEFINITION,
            Pods.definition(clock),
            PodTemplates.DEFINITION,
            ReplicationControllers.DEFINITION,
            ResourceQuotas.DEFINITION,
            Secrets.DEFINITION,
            ServiceAccounts.DEFINITION,
            Services.definition(clock),
            ApiServices.definition(clock),
            ControllerRevisions.DEFINITION,
            DaemonSets.DEFINITION,
            Deployments.DEFINITION,
            ReplicaSets.DEFINITION,
            StatefulSets.DEFINITION,
            Events.newer(clock),
            SelfSubjectReviews.DEFINITION,
            TokenReviews.DEFINITION,
            LocalSubjectAccessReviews.DEFINITION,
            SelfSubjectAccessReviews.DEFINITION,
            SelfSubjectRulesReviews.DEFINITION,
            SubjectAccessReviews.DEFINITION,
            HorizontalPodAutoscalers.V2,
            HorizontalPodAutoscalers.V1,
            CronJobs.definition(clock),
            Jobs.definition(clock),
            CertificateSigningRequests.definition(clock),
            IngressClasses.DEFINITION,
            Ingresses.DEFINITION,
            IpAddresses.DEFINITION,
            NetworkPolicies.DEFINITION,
            ServiceCidrs.DEFINITION,
            PodDisruptionBudgets.DEFINITION,
            ClusterRoleBindings.DEFINITION,
            ClusterRoles.DEFINITION,
            RoleBindings.DEFINITION,
            Roles.DEFINITION,
            CsiDrivers.DEFINITION,
            CsiNodes.DEFINITION,
            CsiStorageCapacities.DEFINITION,
            StorageClasses.DEFINITION,
            VolumeAttachments.DEFINITION,
            VolumeAttributesClasses.DEFINITION,
            MutatingWebhookConfigurations.DEFINITION,
            ValidatingAdmissionPolicies.DEFINITION,
            ValidatingAdmissionPolicyBindings.DEFINITION,
            ValidatingWebhookConfigurations.DEFINITION,
            MutatingAdmissionPolicies.DEFINITION,
            MutatingAdmissionPolicyBindings.DEFINITION,
            CustomResourceDefinitions.definition(clock),
            PriorityClasses.DEFINITION,
            Leases.DEFINITION,
            RuntimeClasses.DEFINITION,
            EndpointSlices.DEFINITION,
            DeviceClasses.DEFINITION,
            ResourceClaims.DEFINITION,
            ResourceClaimTemplates.DEFINITION,
            ResourceSlices.DEFINITION,
            FlowSchemas.DEFINITION,
            PriorityLevelConfigurations.DEFINITION));
  }
}
