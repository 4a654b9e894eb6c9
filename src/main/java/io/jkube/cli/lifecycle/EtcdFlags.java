package io.jkube.cli.lifecycle;

import io.jkube.cli.command.CommandContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** Which etcd has the state of a cluster, and how it is reached. */
final class EtcdFlags {
  @Option(
      names = "--etcd-servers",
      paramLabel = "URL,...",
      description =
          "The etcd (3.4 or later) that holds the state instead of the cluster's own folder, such"
              + " as https://a:2379,https://b:2379. Deleting the cluster leaves its keys there.")
  String etcdServers;

  @Option(
      names = "--etcd-prefix",
      paramLabel = "PREFIX",
      description = "What keys in the etcd start with (default: /registry).")
  String etcdPrefix;

  @Option(
      names = "--etcd-cafile",
      paramLabel = "FILE",
      description = "Who signed the certificates of the etcd's members (PEM).")
  String etcdCaFile;

  @Option(
      names = "--etcd-certfile",
      paramLabel = "FILE",
      description = "The certificate that the etcd knows this server by (PEM).")
  String etcdCertFile;

  @Option(
      names = "--etcd-keyfile",
      paramLabel = "FILE",
      description = "The key of --etcd-certfile (PEM, PKCS #8).")
  String etcdKeyFile;

  /** What was said, by the names of the settings; paths as seen from where it was typed. */
  Map<String, String> given(CommandContext context) {
    var flags = new LinkedHashMap<String, String>();
    flags.put("etcd-servers", etcdServers);
    flags.put("etcd-prefix", etcdPrefix);
    flags.put("etcd-cafile", path(etcdCaFile, context));
    flags.put("etcd-certfile", path(etcdCertFile, context));
    flags.put("etcd-keyfile", path(etcdKeyFile, context));
    flags.values().removeIf(Objects::isNull);
    return flags;
  }

  /** Empty stays empty: it takes a setting away. */
  static String path(String given, CommandContext context) {
    return given == null || given.isEmpty() ? given : context.path(given).toString();
  }
}
