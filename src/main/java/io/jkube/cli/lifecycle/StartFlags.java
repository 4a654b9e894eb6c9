package io.jkube.cli.lifecycle;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cluster.StartConfig;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a person may choose about a cluster. A flag goes before the file, the file before what the
 * cluster was last started with.
 */
final class StartFlags {
  @Option(
      names = "--name",
      paramLabel = "CLUSTER",
      description = "Name of cluster and context; default: $$JKUBE_CLUSTER, or jkube.")
  String name;

  @Option(
      names = "--port",
      description = "Port of the API on 127.0.0.1, the next free one if taken; at first 6443.")
  String port;

  @Option(
      names = "--nodes",
      description =
          "How many nodes, each a kubelet on the one engine (up to 50; fake: 5000); at first 1.")
  String nodes;

  @Option(
      names = "--insecure-port",
      description =
          "Serve plain HTTP too, on this port of 127.0.0.1; every local user is then the"
              + " administrator. 0 for none, as at first.")
  String insecurePort;

  @Option(
      names = "--runtime",
      paramLabel = "docker|fake",
      description = "docker, or fake: an engine in memory that runs nothing; at first docker.")
  String runtime;

  @Option(
      names = "--install-docker",
      description =
          "Where no engine answers and you are root: start dockerd, or install Debian's docker.io"
              + " and start it.")
  boolean installDocker;

  @Option(
      names = "--wait",
      description = "How long to wait for every node to be Ready, such as 90s; default: 60s.")
  String wait;

  @Option(
      names = "--service-cluster-ip-range",
      paramLabel = "CIDR",
      description =
          "Addresses of services, chosen at the first start; default: 10.96.0.0/16, or the next up"
              + " to 10.111.0.0/16 that no cluster on this machine has.")
  String serviceRange;

  @Option(
      names = "--token-auth-file",
      paramLabel = "FILE",
      description = "Users by bearer token: lines of token,user,uid,\"group1,group2\".")
  String tokenAuthFile;

  @Option(
      names = "--authentication-config",
      paramLabel = "FILE",
      description =
          "An AuthenticationConfiguration: whose tokens are believed (OpenID Connect); followed"
              + " while the server runs. Files are remembered; an empty name forgets one.")
  String authenticationConfig;

  @Option(
      names = "--encryption-provider-config",
      paramLabel = "FILE",
      description = "An EncryptionConfiguration: which objects are encrypted on disk, and how.")
  String encryptionConfig;

  @Option(
      names = "--audit-policy-file",
      paramLabel = "FILE",
      description = "An audit Policy: which requests are logged, and how much of them.")
  String auditPolicyFile;

  @Option(
      names = "--audit-log-path",
      paramLabel = "FILE",
      description = "Where requests are logged, one JSON object a line.")
  String auditLogPath;

  @Option(
      names = "--pod-manifest-path",
      paramLabel = "DIR",
      description =
          "A folder of static pods' files (YAML, JSON), which the first node runs and follows.")
  String podManifestPath;

  @Option(
      names = "--allowed-unsafe-sysctls",
      paramLabel = "NAME,...",
      description =
          "Kernel parameters that pods may set beyond the safe ones, such as"
              + " kernel.msg*,net.core.somaxconn.")
  String allowedUnsafeSysctls;

  @Mixin EtcdFlags etcd;

  @Mixin IssuerFlags issuer;

  @Option(
      names = "--eviction-hard",
      paramLabel = "SIGNAL<VALUE,...",
      description =
          "Below which the machine is short of something and pods end: memory.available,"
              + " nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree,"
              + " pid.available; default: memory.available<100Mi,nodefs.available<500Mi,"
              + "nodefs.inodesFree<1%%,imagefs.available<500Mi. Remembered; empty for the default.")
  String evictionHard;

  @Option(
      names = "--eviction-pressure-transition-period",
      paramLabel = "DURATION",
      description = "How long a pressure is told after it was last seen (default: 5m).")
  String evictionPressureTransitionPeriod;

  @Option(
      names = "--image-gc-high-threshold",
      paramLabel = "PERCENT",
      description =
          "Of the engine's disk in use, from which on images go that jkube pulled and nobody uses"
              + " (default: 95; 100 for never).")
  String imageGcHighThreshold;

  @Option(
      names = "--image-gc-low-threshold",
      paramLabel = "PERCENT",
      description = "Down to which they go, the longest unused first (default: 90).")
  String imageGcLowThreshold;

  @Option(
      names = "--minimum-image-ttl-duration",
      paramLabel = "DURATION",
      description = "For which an image stays after its last use (default: 2m).")
  String minimumImageTtlDuration;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file of settings by the names of these flags; flags win.")
  String config;

  /**
   * @throws CommandFailure a flag or a line of the file is wrong
   */
  StartSettings settings(CommandContext context) {
    try {
      var named = chosen(StartSettings.DEFAULT.with("name", context.cluster()), context);
      var last = ServerRecord.read(ClusterFolder.of(named.name(), context.environment()));
      return (last.isEmpty() ? named : chosen(named.asLast(last.get()), context)).checked();
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(wrong.getMessage());
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read " + config + ": " + unreadable.getMessage());
    }
  }

  private StartSettings chosen(StartSettings before, CommandContext context) throws IOException {
    var settings = config == null ? before : StartConfig.read(context.path(config), before);
    for (var flag : given(context).entrySet()) {
      settings = settings.with(flag.getKey(), flag.getValue());
    }
    return settings;
  }

  private Map<String, String> given(CommandContext context) {
    var flags = new LinkedHashMap<String, String>();
    flags.put("name", name);
    flags.put("port", port);
    flags.put("nodes", nodes);
    flags.put("insecure-port", insecurePort);
    flags.put("runtime", runtime);
    flags.put("install-docker", installDocker ? "true" : null);
    flags.put("wait", wait);
    flags.put("service-cluster-ip-range", serviceRange);
    flags.put("token-auth-file", EtcdFlags.path(tokenAuthFile, context));
    flags.put("authentication-config", EtcdFlags.path(authenticationConfig, context));
    flags.put("encryption-provider-config", EtcdFlags.path(encryptionConfig, context));
    flags.put("audit-policy-file", EtcdFlags.path(auditPolicyFile, context));
    flags.put("audit-log-path", EtcdFlags.path(auditLogPath, context));
    flags.put("pod-manifest-path", EtcdFlags.path(podManifestPath, context));
    flags.put("allowed-unsafe-sysctls", allowedUnsafeSysctls);
    flags.putAll(etcd.given(context));
    flags.putAll(issuer.given(context));
    flags.put("eviction-hard", evictionHard);
    flags.put("eviction-pressure-transition-period", evictionPressureTransitionPeriod);
    flags.put("image-gc-high-threshold", imageGcHighThreshold);
    flags.put("image-gc-low-threshold", imageGcLowThreshold);
    flags.put("minimum-image-ttl-duration", minimumImageTtlDuration);
    flags.values().removeIf(Objects::isNull);
    return flags;
  }
}
