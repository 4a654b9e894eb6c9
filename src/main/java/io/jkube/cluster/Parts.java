package io.jkube.cluster;

import io.jkube.apiserver.ApiServer;
import io.jkube.apiserver.FilterChain;
import io.jkube.apiserver.audit.AuditLog;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.cluster.pki.ClusterKeys;
import io.jkube.kubelet.Kubelet;
import io.jkube.store.Store;
import io.jkube.trace.PodTraces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * What the steps of a plan make for each other. A field is written by one step and read by those
 * that need that step; the plan starts them afterwards, so no further order is needed.
 */
final class Parts {
  private static final int MAX_TRACED_PODS = 1000;
  private static final int MAX_HOPS_PER_POD = 200;

  final StartSettings settings;
  final ClusterFolder folder;
  final Map<String, String> environment;
  final InstantSource clock;
  final StartupListener listener;
  final PodTraces traces;

  /** Of this process among those that want to lead; like no other's. */
  final String candidate;

  /** When this start began. */
  final Instant begin;

  final Kubelets kubelets = new Kubelets();

  /** Those that run; written by the step that starts them and, at the end, stops them. */
  final List<Kubelet> runningKubelets = new CopyOnWriteArrayList<>();

  ContainerEngine engine;

  /** As it lies there: what is encrypted is encrypted. */
  StateAtRest.Opened state;

  Store store;

  ClusterKeys keys;
  ServiceNetwork services;
  AuditLog audit;
  AuthenticationFile authentication;
  FilterChain chain;
  ApiServer server;
  ServerRecord record;
  AutoCloseable scheduler;
  AutoCloseable controllers;
  ClusterNetwork network;
  Thread aggregation;

  /** Why nothing holds pods to network policies; empty where something does, or will. */
  volatile Optional<String> policyObstacle = Optional.empty();

  Parts(
      StartSettings settings,
      ClusterFolder folder,
      Map<String, String> environment,
      InstantSource clock,
      StartupListener listener) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.folder = Objects.requireNonNull(folder, "folder");
    this.environment = Map.copyOf(environment);
    this.clock = Objects.requireNonNull(clock, "clock");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.candidate = settings.name() + "_" + UUID.randomUUID();
    this.begin = clock.instant();
    this.traces = new PodTraces(clock, MAX_TRACED_PODS, MAX_HOPS_PER_POD);
  }

  /**
   * A component's way to the API, under its own identity.
   *
   * @param component as a User-Agent names it
   */
  InProcessTransport transport(UserInfo user, String component) {
    return new InProcessTransport(chain, user, component);
  }

  /** One node is named as the cluster; of several, the further ones are numbered from 2. */
  List<String> nodeNames() {
    return IntStream.rangeClosed(1, settings.nodes())
        .mapToObj(number -> number == 1 ? settings.name() : settings.name() + "-" + number)
        .toList();
  }

  /** The API for the steps themselves. */
  ApiClient api() {
    return new ApiClient(transport(UserInfo.of("system:apiserver", UserInfo.MASTERS), "jkube"));
  }
}
