package io.jkube.cluster;

import io.jkube.apiserver.authn.oidc.OidcFlags;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.kubelet.NodeCare;
import io.jkube.kubelet.container.Sysctls;
import io.jkube.store.etcd.EtcdSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a person may choose about a cluster; each is a flag of {@code jkube start} and a key of its
 * {@code --config} file.
 *
 * @param name of the cluster: its folder, its context, the label of its containers
 * @param port of the API on 127.0.0.1; the next free one when it is taken
 * @param nodes how many kubelets, each with a Node of its own, on the one engine
 * @param insecurePort for plain HTTP on 127.0.0.1, where every caller is the administrator; 0 for
 *     none
 * @param runtime what makes the containers
 * @param installDocker whether an engine may be installed or started where none answers
 * @param readyLimit within which every node must be Ready; zero does not wait
 * @param options that upstream's API server and kubelet have flags for, by the names of those
 *     flags: {@link #FILE_KEYS}, {@link #ETCD_KEYS}, {@link OidcFlags#NAMES}, {@link NodeCare#KEYS}
 *     and the kernel parameters that pods may set
 * @param serviceRange addresses that services have, {@code 10.96.0.0/16}; empty: the ones that the
 *     cluster has, or at its first start some that no other cluster on this machine has
 */
public record StartSettings(
    String name,
    int port,
    int nodes,
    int insecurePort,
    Runtime runtime,
    boolean installDocker,
    Duration readyLimit,
    Map<String, String> options,
    String serviceRange) {
  public static final StartSettings DEFAULT =
      new StartSettings("jkube", 6443, 1, 0, Runtime.DOCKER, false, Duration.ofSeconds(60));

  /** Everything that can be set, as the flags are called. */
  public static final List<String> KEYS =
      List.of(
          "name",
          "port",
          "nodes",
          "insecure-port",
          "runtime",
          "install-docker",
          "wait",
          "service-cluster-ip-range",
          "token-auth-file",
          "authentication-config",
          "oidc-issuer-url",
          "oidc-client-id",
          "oidc-username-claim",
          "oidc-username-prefix",
          "oidc-groups-claim",
          "oidc-groups-prefix",
          "oidc-signing-algs",
          "oidc-required-claim",
          "oidc-ca-file",
          "encryption-provider-config",
          "audit-policy-file",
          "audit-log-path",
          "pod-manifest-path",
          "allowed-unsafe-sysctls",
          "etcd-servers",
          "etcd-prefix",
          "etcd-cafile",
          "etcd-certfile",
          "etcd-keyfile",
          "eviction-hard",
          "eviction-pressure-transition-period",
          "image-gc-high-threshold",
          "image-gc-low-threshold",
          "minimum-image-ttl-duration");

  /** The settings that are paths. */
  public static final Set<String> FILE_KEYS =
      Set.of(
          "token-auth-file",
          "authentication-config",
          OidcFlags.CA_FILE,
          "encryption-provider-config",
          "audit-policy-file",
          "audit-log-path",
          "pod-manifest-path",
          "etcd-cafile",
          "etcd-certfile",
          "etcd-keyfile");

  /** What an etcd is told by, beside files. */
  public static final Set<String> ETCD_KEYS = Set.of("etcd-servers", "etcd-prefix");

  /** What upstream's kubelet has a flag for, beside files. */
  private static final String SYSCTLS = "allowed-unsafe-sysctls";

  private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,6})m)?(?:(\\d{1,6})s?)?");

  /** Node names count to this; more kubelets on one engine serve nobody. */
  private static final int MAX_NODES_OF_ENGINE = 50;

  /** Upstream's own limit of a cluster: what more nodes than that would show holds nowhere. */
  private static final int MAX_NODES = 5_000;

  private static final int MAX_PORT = 65535;

  /** What makes the containers. */
  public enum Runtime {
    DOCKER,
    /** An engine in memory: pods run in name only. */
    FAKE
  }

  public StartSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(readyLimit, "readyLimit");
    options = Map.copyOf(options);
    Objects.requireNonNull(serviceRange, "serviceRange");
    requireBetween(0, MAX_PORT, port, "port");
    requireBetween(0, MAX_PORT, insecurePort, "insecure-port");
    requireBetween(1, MAX_NODES, nodes, "nodes");
    if (readyLimit.isNegative()) {
      throw new IllegalArgumentException("wait must not be negative");
    }
  }

  /** Settings without options. */
  public StartSettings(
      String name,
      int port,
      int nodes,
      int insecurePort,
      Runtime runtime,
      boolean installDocker,
      Duration readyLimit) {
    this(name, port, nodes, insecurePort, runtime, installDocker, readyLimit, Map.of(), "");
  }

  /** The file of this name among {@link #FILE_KEYS}; empty when none was chosen. */
  public Optional<Path> file(String key) {
    return Optional.ofNullable(options.get(key)).map(Path::of);
  }

  /** The kernel parameters that pods may set. */
  public Sysctls sysctls() {
    return sysctls(options.getOrDefault(SYSCTLS, ""));
  }

  private static Sysctls sysctls(String value) {
    return Sysctls.of(
        Stream.of(value.split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList());
  }

  /**
   * Where the state is, when it is not in the cluster's own folder.
   *
   * @throws IllegalArgumentException what was chosen makes no sense
   */
  public Optional<EtcdSettings> etcd() {
    return Optional.ofNullable(options.get("etcd-servers"))
        .map(
            servers ->
                new EtcdSettings(
                    Stream.of(servers.split(",")).map(String::strip).map(URI::create).toList(),
                    file("etcd-cafile"),
                    file("etcd-certfile"),
                    file("etcd-keyfile"),
                    options.getOrDefault("etcd-prefix", EtcdSettings.DEFAULT_PREFIX)));
  }

  /** Those of {@link OidcFlags#NAMES} that are given. */
  public Map<String, String> oidc() {
    var given = new HashMap<>(options);
    given.keySet().retainAll(OidcFlags.NAMES);
    return given;
  }

  /**
   * These settings, when they agree with each other: each alone may wait for another to be set.
   *
   * @throws IllegalArgumentException they do not
   */
  public StartSettings checked() {
    if (runtime == Runtime.DOCKER && nodes > MAX_NODES_OF_ENGINE) {
      throw new IllegalArgumentException(
          "nodes must be at most %d on one engine, not %d; --runtime fake takes up to %d"
              .formatted(MAX_NODES_OF_ENGINE, nodes, MAX_NODES));
    }
    NodeCare.of(options);
    if (etcd().isEmpty() && options.keySet().stream().anyMatch(key -> key.startsWith("etcd-"))) {
      throw new IllegalArgumentException("etcd-servers must name the etcd that is meant");
    }
    if (!oidc().isEmpty() && options.containsKey("authentication-config")) {
      throw new IllegalArgumentException(
          "authentication-config file and oidc-* flags are mutually exclusive");
    }
    return this;
  }

  /**
   * These settings with one of them changed.
   *
   * @param key as the flag of {@code jkube start} is called, without the dashes
   * @throws IllegalArgumentException there is no such setting, or it cannot have this value
   */
  public StartSettings with(String key, String value) {
    var draft = new Draft(this);
    switch (key) {
      case "name" -> draft.name = value;
      case "port" -> draft.port = number(key, value);
      case "nodes" -> draft.nodes = number(key, value);
      case "insecure-port" -> draft.insecurePort = number(key, value);
      case "runtime" -> draft.runtime = runtime(value);
      case "install-docker" -> draft.installDocker = truth(key, value);
      case "wait" -> draft.readyLimit = duration(value);
      case "service-cluster-ip-range" -> draft.serviceRange = new ServiceNetwork(value).range();
      case SYSCTLS -> {
        sysctls(value);
        draft.option(key, value);
      }
      case String option when isOption(option) -> draft.option(option, value);
      default ->
          throw new IllegalArgumentException(
              "unknown setting \"" + key + "\"; there are " + String.join(", ", KEYS));
    }
    return draft.settings();
  }

  private static boolean isOption(String key) {
    return FILE_KEYS.contains(key)
        || ETCD_KEYS.contains(key)
        || NodeCare.KEYS.contains(key)
        || OidcFlags.NAMES.contains(key);
  }

  /**
   * These settings, but for what the cluster's last server was started with; options are among it.
   */
  public StartSettings asLast(ServerRecord last) {
    var draft = new Draft(this);
    draft.port = last.port();
    draft.nodes = last.nodes();
    draft.insecurePort = last.insecurePort();
    draft.runtime = runtime(last.runtime());
    draft.options = new HashMap<>(last.options());
    return draft.settings();
  }

  /** Settings that are being changed. */
  private static final class Draft {
    String name;
    int port;
    int nodes;
    int insecurePort;
    Runtime runtime;
    boolean installDocker;
    Duration readyLimit;
    Map<String, String> options;
    String serviceRange;

    Draft(StartSettings from) {
      name = from.name;
      port = from.port;
      nodes = from.nodes;
      insecurePort = from.insecurePort;
      runtime = from.runtime;
      installDocker = from.installDocker;
      readyLimit = from.readyLimit;
      options = new HashMap<>(from.options);
      serviceRange = from.serviceRange;
    }

    /** An empty value takes the option away; one without an issuer, all that is said of it. */
    void option(String key, String value) {
      if (value.isEmpty()) {
        options.remove(key);
        if (key.equals(OidcFlags.ISSUER_URL)) {
          OidcFlags.NAMES.forEach(options::remove);
        }
      } else {
        boolean path = FILE_KEYS.contains(key);
        options.put(key, path ? Path.of(value).toAbsolutePath().toString() : value);
      }
    }

    StartSettings settings() {
      return new StartSettings(
          name,
          port,
          nodes,
          insecurePort,
          runtime,
          installDocker,
          readyLimit,
          options,
          serviceRange);
    }
  }

  private static int number(String key, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException other) {
      throw new IllegalArgumentException(key + " must be a number, not \"" + value + "\"");
    }
  }

  private static boolean truth(String key, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(key + " must be true or false, not \"" + value + "\"");
    };
  }

  private static Runtime runtime(String value) {
    return switch (value) {
      case "docker" -> Runtime.DOCKER;
      case "fake" -> Runtime.FAKE;
      default ->
          throw new IllegalArgumentException(
              "runtime must be docker or fake, not \"" + value + "\"");
    };
  }

  /** {@code 90s}, {@code 2m}, {@code 1m30s}, {@code 0}. */
  private static Duration duration(String value) {
    var parts = DURATION.matcher(value);
    if (value.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException(
          "wait must be a duration such as 90s or 1m30s, not \"" + value + "\"");
    }
    return Duration.ofMinutes(longOf(parts.group(1))).plusSeconds(longOf(parts.group(2)));
  }

  private static long longOf(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The name of a node, counted from 0: that of the cluster, then {@code <name>-2}, ... */
  String nodeName(int index) {
    return index == 0 ? name : name + "-" + (index + 1);
  }

  private static void requireBetween(int least, int most, int value, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be between " + least + " and " + most + ", not " + value);
    }
  }
}
