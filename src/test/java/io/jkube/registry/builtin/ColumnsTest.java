package io.jkube.registry.builtin;

import static io.jkube.registry.Trees.header;
import static io.jkube.registry.Trees.row;
import static io.jkube.registry.Trees.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.Resources;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of kubectl's tables. */
class ColumnsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private final ResourceCatalog catalog = BuiltinKinds.catalog(InstantSource.fixed(NOW));

  @Test
  void everyKindHasUpstreamsHeader() {
    assertEquals(
        """
        componentstatuses: Name | Status | Message | Error
        configmaps: Name | Data | Age
        endpoints: Name | Endpoints | Age
        events: Last Seen | Type | Reason | Object | (Subobject) | (Source) | Message | (First Seen) | (Count) | (Name)
        limitranges: Name | Created At
        namespaces: Name | Status | Age
        nodes: Name | Status | Roles | Age | Version | (Internal-IP) | (External-IP) | (OS-Image) | (Kernel-Version) | (Container-Runtime)
        persistentvolumeclaims: Name | Status | Volume | Capacity | Access Modes | StorageClass | VolumeAttributesClass | Age | (VolumeMode)
        persistentvolumes: Name | Capacity | Access Modes | Reclaim Policy | Status | Claim | StorageClass | VolumeAttributesClass | Reason | Age | (VolumeMode)
        pods: Name | Ready | Status | Restarts | Age | (IP) | (Node) | (Nominated Node) | (Readiness Gates)
        podtemplates: Name | Containers | Images | Pod Labels
        replicationcontrollers: Name | Desired | Current | Ready | Age | (Containers) | (Images) | (Selector)
        resourcequotas: Name | Request | Limit | Age
        secrets: Name | Type | Data | Age
        serviceaccounts: Name | Secrets | Age
        services: Name | Type | Cluster-IP | External-IP | Port(s) | Age | (Selector)
        apiservices: Name | Service | Available | Age
        controllerrevisions: Name | Controller | Revision | Age
        daemonsets: Name | Desired | Current | Ready | Up-to-date | Available | Node Selector | Age | (Containers) | (Images) | (Selector)
        deployments: Name | Ready | Up-to-date | Available | Age | (Containers) | (Images) | (Selector)
        replicasets: Name | Desired | Current | Ready | Age | (Containers) | (Images) | (Selector)
        statefulsets: Name | Ready | Age | (Containers) | (Images)
        events: Last Seen | Type | Reason | Object | (Subobject) | (Source) | Message | (First Seen) | (Count) | (Name)
        horizontalpodautoscalers: Name | Reference | Targets | MinPods | MaxPods | Replicas | Age
        horizontalpodautoscalers: Name | Reference | Targets | MinPods | MaxPods | Replicas | Age
        cronjobs: Name | Schedule | Timezone | Suspend | Active | Last Schedule | Age | (Containers) | (Images) | (Selector)
        jobs: Name | Status | Completions | Duration | Age | (Containers) | (Images) | (Selector)
        certificatesigningrequests: Name | Age | SignerName | Requestor | RequestedDuration | Condition
        ingressclasses: Name | Controller | Parameters | Age
        ingresses: Name | Class | Hosts | Address | Ports | Age
        ipaddresses: Name | ParentRef | Age
        networkpolicies: Name | Pod-Selector | Age
        servicecidrs: Name | CIDRs | Age
        poddisruptionbudgets: Name | Min Available | Max Unavailable | Allowed Disruptions | Age
        clusterrolebindings: Name | Role | Age | (Users) | (Groups) | (ServiceAccounts)
        clusterroles: Name | Created At
        rolebindings: Name | Role | Age | (Users) | (Groups) | (ServiceAccounts)
        roles: Name | Created At
        csidrivers: Name | AttachRequired | PodInfoOnMount | StorageCapacity | TokenRequests | RequiresRepublish | Modes | Age
        csinodes: Name | Drivers | Age
        csistoragecapacities: Name | StorageClassName | Capacity
        storageclasses: Name | Provisioner | ReclaimPolicy | VolumeBindingMode | AllowVolumeExpansion | Age
        volumeattachments: Name | Attacher | PV | Node | Attached | Age
        volumeattributesclasses: Name | DriverName | Age
        mutatingwebhookconfigurations: Name | Webhooks | Age
        validatingadmissionpolicies: Name | Validations | ParamKind | Age
        validatingadmissionpolicybindings: Name | PolicyName | ParamRef | Age
        validatingwebhookconfigurations: Name | Webhooks | Age
        mutatingadmissionpolicies: Name | Mutations | ParamKind | Age
        mutatingadmissionpolicybindings: Name | PolicyName | ParamRef | Age
        customresourcedefinitions: Name | Created At
        priorityclasses: Name | Value | Global-Default | Age | PreemptionPolicy
        leases: Name | Holder | Age
        runtimeclasses: Name | Handler | Age
        endpointslices: Name | AddressType | Ports | Endpoints | Age
        deviceclasses: Name | Age
        resourceclaims: Name | State | Age
        resourceclaimtemplates: Name | Age
        resourceslices: Name | Node | Driver | Pool | Age
        flowschemas: Name | PriorityLevel | MatchingPrecedence | DistinguisherMethod | Age | MissingPL
        prioritylevelconfigurations: Name | Type | NominalConcurrencyShares | Queues | HandSize | QueueLengthLimit | Age""",
        catalog.all().stream()
            .filter(each -> each.verbs().contains(ResourceDefinition.Verb.LIST))
            .map(each -> each.resource().resource() + ": " + header(each))
            .collect(Collectors.joining("\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{}# 0/0 |  | 0",
        "{spec: {containers: [{}, {}]}, status: {phase: Pending}}# 0/2 | Pending | 0",
        "{spec: {containers: [{}]}, status: {phase: Running, containerStatuses: [{ready: true, state: {running: {}}}]}}# 1/1 | Running | 0",
        "{spec: {containers: [{}]}, status: {phase: Running, containerStatuses: [{restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {finishedAt: '2026-01-01T00:05:00Z'}}}]}}# 0/1 | CrashLoopBackOff | 3 (5m ago)",
        "{spec: {containers: [{}]}, status: {phase: Succeeded, containerStatuses: [{state: {terminated: {reason: Completed, exitCode: 0}}}]}}# 0/1 | Completed | 0",
        "{spec: {containers: [{}]}, status: {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 137, signal: 9}}}]}}# 0/1 | Signal:9 | 0",
        "{spec: {containers: [{}]}, status: {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 2}}}]}}# 0/1 | ExitCode:2 | 0",
        "{spec: {containers: [{}], initContainers: [{name: i}, {name: j}]}, status: {phase: Pending, initContainerStatuses: [{name: i, state: {running: {}}}, {name: j, state: {waiting: {reason: PodInitializing}}}]}}# 0/1 | Init:0/2 | 0",
        "{spec: {containers: [{}], initContainers: [{name: i}, {name: j}]}, status: {phase: Pending, initContainerStatuses: [{name: i, state: {terminated: {exitCode: 0}}}, {name: j, state: {terminated: {exitCode: 1, reason: Error}}}]}}# 0/1 | Init:Error | 0",
        "{spec: {containers: [{}], initContainers: [{name: i}]}, status: {phase: Pending, initContainerStatuses: [{name: i, state: {terminated: {exitCode: 3}}}]}}# 0/1 | Init:ExitCode:3 | 0",
        "{spec: {containers: [{}], initContainers: [{name: i, restartPolicy: Always}]}, status: {phase: Running, initContainerStatuses: [{name: i, started: true, ready: true, state: {running: {}}}], containerStatuses: [{ready: true, state: {running: {}}}]}}# 2/2 | Running | 0",
        "{spec: {containers: [{}, {}]}, status: {phase: Running, containerStatuses: [{state: {terminated: {reason: Completed}}}, {ready: true, state: {running: {}}}]}}# 1/2 | NotReady | 0",
        "{spec: {containers: [{}, {}]}, status: {phase: Running, conditions: [{type: Ready, status: 'True'}], containerStatuses: [{state: {terminated: {reason: Completed}}}, {ready: true, state: {running: {}}}]}}# 1/2 | Running | 0",
        "{metadata: {deletionTimestamp: x}, status: {phase: Running}}# 0/0 | Terminating | 0",
        "{metadata: {deletionTimestamp: x}, status: {phase: Succeeded}}# 0/0 | Succeeded | 0",
        "{metadata: {deletionTimestamp: x}, status: {phase: Running, reason: NodeLost}}# 0/0 | Unknown | 0",
        "{status: {phase: Failed, reason: Evicted}}# 0/0 | Evicted | 0",
        "{status: {phase: Pending, conditions: [{type: PodScheduled, reason: SchedulingGated}]}}# 0/0 | SchedulingGated | 0",
      })
  void aPodInOneLine(String pod, String cells) {
    var columns = definition(Resources.PODS).columns().subList(1, 4);
    assertEquals(
        cells.strip(),
        columns.stream()
            .map(column -> String.valueOf(column.value().apply(yaml(pod))))
            .collect(Collectors.joining(" | "))
            .strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "nodes# {metadata: {name: n, labels: {node-role.kubernetes.io/control-plane: ''}}, spec: {unschedulable: true}, status: {conditions: [{type: Ready, status: 'True'}], addresses: [{type: InternalIP, address: 1.2.3.4}], nodeInfo: {kubeletVersion: v1}}}# n | Ready,SchedulingDisabled | control-plane | null | v1 | 1.2.3.4 | <none> | <unknown> | <unknown> | <unknown>",
        "nodes# {metadata: {name: n}}# n | Unknown | <none> | null |  | <none> | <none> | <unknown> | <unknown> | <unknown>",
        "services# {metadata: {name: s}, spec: {type: NodePort, clusterIP: 10.96.0.9, ports: [{port: 80, nodePort: 30080, protocol: TCP}, {port: 53, protocol: UDP}], selector: {b: c, a: d}}}# s | NodePort | 10.96.0.9 | <none> | 80:30080/TCP,53/UDP | null | a=d,b=c",
        "services# {metadata: {name: s}, spec: {type: LoadBalancer, clusterIP: 10.96.0.9}}# s | LoadBalancer | 10.96.0.9 | <pending> | <none> | null | <none>",
        "services# {metadata: {name: s}, spec: {type: ExternalName, externalName: a.b}}# s | ExternalName | <none> | a.b | <none> | null | <none>",
        "endpoints# {metadata: {name: e}, subsets: [{addresses: [{ip: 1.1.1.1}, {ip: 1.1.1.2}], ports: [{port: 80}, {port: 81}]}]}# e | 1.1.1.1:80,1.1.1.1:81,1.1.1.2:80 + 1 more... | null",
        "secrets# {metadata: {name: s}, type: Opaque, data: {a: Yg==}}# s | Opaque | 1 | null",
        "configmaps# {metadata: {name: c}, data: {a: b}, binaryData: {c: Yg==}}# c | 2 | null",
        "events# {metadata: {name: e}, lastTimestamp: '2026-01-01T00:09:00Z', firstTimestamp: '2026-01-01T00:00:00Z', count: 4, type: Normal, reason: Pulled, message: 'done ', involvedObject: {kind: Pod, name: p, fieldPath: 'spec.containers{a}'}, source: {component: kubelet, host: n}}# 60s | Normal | Pulled | pod/p | spec.containers{a} | kubelet, n | done | 10m | 4 | e",
      })
  void otherKindsInOneLine(String resource, String object, String cells) {
    assertEquals(
        cells.strip(), row(definition(new GroupVersionResource("", "v1", resource)), yaml(object)));
  }

  private ResourceDefinition definition(GroupVersionResource resource) {
    return catalog.find(resource).orElseThrow();
  }
}
