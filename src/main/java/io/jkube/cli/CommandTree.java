package io.jkube.cli;

import io.jkube.cli.apiresources.ApiResources;
import io.jkube.cli.apiversions.ApiVersions;
import io.jkube.cli.attach.Attach;
import io.jkube.cli.clusterinfo.ClusterInfo;
import io.jkube.cli.clusterinfo.ClusterInfoDump;
import io.jkube.cli.completion.Complete;
import io.jkube.cli.completion.Completion;
import io.jkube.cli.completion.Grammar;
import io.jkube.cli.cp.Copy;
import io.jkube.cli.create.Create;
import io.jkube.cli.create.CreateConfigMap;
import io.jkube.cli.create.CreateNamespace;
import io.jkube.cli.create.CreatePod;
import io.jkube.cli.create.CreatePriorityClass;
import io.jkube.cli.create.CreateSecret;
import io.jkube.cli.create.CreateSecretDockerRegistry;
import io.jkube.cli.create.CreateSecretGeneric;
import io.jkube.cli.create.CreateSecretTls;
import io.jkube.cli.create.CreateService;
import io.jkube.cli.create.CreateServiceAccount;
import io.jkube.cli.create.CreateServiceClusterIp;
import io.jkube.cli.create.CreateServiceExternalName;
import io.jkube.cli.create.CreateServiceLoadBalancer;
import io.jkube.cli.create.CreateServiceNodePort;
import io.jkube.cli.delete.Delete;
import io.jkube.cli.describe.Describe;
import io.jkube.cli.exec.Exec;
import io.jkube.cli.export.Export;
import io.jkube.cli.get.Get;
import io.jkube.cli.lifecycle.DeleteCluster;
import io.jkube.cli.lifecycle.ListClusters;
import io.jkube.cli.lifecycle.LogsServer;
import io.jkube.cli.lifecycle.PrintKubeconfig;
import io.jkube.cli.lifecycle.Snapshot;
import io.jkube.cli.lifecycle.SnapshotList;
import io.jkube.cli.lifecycle.SnapshotRestore;
import io.jkube.cli.lifecycle.SnapshotSave;
import io.jkube.cli.lifecycle.Start;
import io.jkube.cli.lifecycle.Status;
import io.jkube.cli.lifecycle.Stop;
import io.jkube.cli.logs.Logs;
import io.jkube.cli.portforward.PortForward;
import io.jkube.cli.service.ServiceAddress;
import io.jkube.cli.trace.Trace;
import io.jkube.cli.trace.TracePod;
import io.jkube.cli.version.Version;
import io.jkube.cli.wait.Wait;
import java.util.List;

/** Every command of jkube, in the order of the help. A new one is one file and one line here. */
final class CommandTree {
  /** What {@code jkube delete} means when it names no resource. */
  static final String DELETE_CLUSTER = "delete-cluster";

  private static final Grammar GRAMMAR = new TreeGrammar();

  static final List<Word> WORDS =
      List.of(
          Word.here("start", "Start a cluster", Start::new),
          Word.here("stop", "Stop a cluster's server; its pods go on", Stop::new),
          // `jkube delete` without a resource: see Cli.
          Word.here(DELETE_CLUSTER, "", DeleteCluster::new),
          Word.here("status", "Say whether a cluster runs, and where", Status::new),
          Word.here("list", "List the clusters", ListClusters::new),
          Word.here("kubeconfig", "Print a kubeconfig for one cluster", PrintKubeconfig::new),
          Word.here("logs-server", "Print the log of a cluster's server", LogsServer::new),
          Word.here(
              "snapshot",
              "Save a cluster in a file, and make clusters of such files",
              Snapshot::new,
              Word.of("save", "Save a cluster in a file", SnapshotSave::new),
              Word.here("restore", "Make a new cluster of a snapshot", SnapshotRestore::new),
              Word.here("list", "List snapshots", SnapshotList::new)),
          Word.of("export", "Write manifests for another cluster", Export::new),
          Word.of("get", "Display one or many objects", Get::new).or("ls"),
          Word.of("describe", "Show objects in detail, with their events", Describe::new),
          Word.of(
              "create",
              "Create objects from manifests or by flags",
              Create::new,
              Word.of("pod", "A pod of one container", CreatePod::new).or("po"),
              Word.of("namespace", "A namespace", CreateNamespace::new).or("ns"),
              Word.of("configmap", "A config map", CreateConfigMap::new).or("cm"),
              Word.of(
                  "secret",
                  "A secret",
                  CreateSecret::new,
                  Word.of("generic", "Of any keys", CreateSecretGeneric::new),
                  Word.of("tls", "Of a certificate and its key", CreateSecretTls::new),
                  Word.of(
                      "docker-registry", "To pull images with", CreateSecretDockerRegistry::new)),
              Word.of("serviceaccount", "A service account", CreateServiceAccount::new).or("sa"),
              Word.of(
                      "service",
                      "A service",
                      CreateService::new,
                      Word.of("clusterip", "Inside of the cluster", CreateServiceClusterIp::new),
                      Word.of("nodeport", "At a port of every node", CreateServiceNodePort::new),
                      Word.of(
                          "loadbalancer",
                          "With an address outside of the cluster",
                          CreateServiceLoadBalancer::new),
                      Word.of(
                          "externalname",
                          "For a DNS name elsewhere",
                          CreateServiceExternalName::new))
                  .or("svc"),
              Word.of("priorityclass", "A priority class", CreatePriorityClass::new).or("pc")),
          Word.of("delete", "Delete objects", Delete::new),
          Word.of("logs", "Print what a container wrote", Logs::new).or("log"),
          Word.of("exec", "Run a command in a container", Exec::new),
          Word.of("attach", "Watch the process of a container", Attach::new),
          Word.of("cp", "Copy files into a container and out of it", Copy::new),
          Word.of("port-forward", "Forward ports of this machine to a pod", PortForward::new),
          Word.of("wait", "Wait until objects meet a condition", Wait::new),
          Word.of(
              "trace",
              "Show the way of an object through the cluster",
              Trace::new,
              Word.of("pod", "The way of a pod", TracePod::new).or("pods", "po")),
          Word.of(
                  "cluster-info",
                  "Display where the cluster is reached",
                  ClusterInfo::new,
                  Word.of("dump", "Everything that helps to find a fault", ClusterInfoDump::new))
              .or("clusterinfo"),
          Word.of("service", "Print where a Service is reached", ServiceAddress::new),
          Word.of("api-resources", "List the kinds the server serves", ApiResources::new),
          Word.of("api-versions", "List the API versions the server serves", ApiVersions::new),
          Word.of("version", "Print the versions of client and server", Version::new),
          Word.here("completion", "Print a completion script", () -> new Completion(GRAMMAR)),
          Word.here("__complete", "", () -> new Complete(GRAMMAR)).withAnyArguments());

  private CommandTree() {}
}
