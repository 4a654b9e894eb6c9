package io.jkube.apiserver;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.Resources;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.apiserver.aggregation.Aggregator;
import io.jkube.apiserver.authn.Authenticator;
import io.jkube.apiserver.authn.account.IssuerEndpoint;
import io.jkube.apiserver.crd.LiveKinds;
import io.jkube.apiserver.discovery.Discovery;
import io.jkube.apiserver.discovery.OtherVersion;
import io.jkube.apiserver.fairness.FlowControl;
import io.jkube.apiserver.fairness.Time;
import io.jkube.apiserver.health.Health;
import io.jkube.apiserver.metrics.MetricsEndpoint;
import io.jkube.apiserver.metrics.RequestMetrics;
import io.jkube.apiserver.metrics.WebhookMetrics;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.OtherObjects;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.openapi.OpenApi;
import io.jkube.apiserver.openapi.OtherDocuments;
import io.jkube.apiserver.podtrace.RunningPods;
import io.jkube.apiserver.podtrace.TraceEndpoint;
import io.jkube.apiserver.policy.PolicyStatus;
import io.jkube.apiserver.resourcemetrics.ResourceMetrics;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.WatchCaches;
import io.jkube.apiserver.webhook.ServiceAddresses;
import io.jkube.apiserver.webhook.WebhookClient;
import io.jkube.registry.Conversion;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.admissionregistration.PolicyTypes;
import io.jkube.registry.crd.CustomSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * How a server hangs together: made of what it works with, ready when it is made, ended by {@link
 * #close}. What follows a kind is there only where the catalog has that kind.
 */
final class Assembly implements AutoCloseable {
  /** Group versions without stored objects, unless another server serves them. */
  private static final List<OtherVersion> SERVED_BESIDE = List.of(ResourceMetrics.discovered());

  final Security security;
  final Authenticator authenticator;
  final Rights rights;
  final FlowControl fairness;
  final RequestMetrics metrics = new RequestMetrics();
  final Dispatch dispatch;

  final List<MetricsSource> components = new CopyOnWriteArrayList<>();

  private final ServerParts parts;
  private final WatchCaches caches;
  private final ObjectStore objects;
  private final List<Runnable> closing = new ArrayList<>();

  Assembly(ServerParts parts) {
    this.parts = parts;
    this.security = parts.security();
    this.caches = new WatchCaches(parts.store());
    this.objects = new ObjectStore(parts.store(), caches, this::conversion);
    this.rights = Rights.of(security, objects);
    this.fairness =
        new FlowControl(objects, caches, FlowControl.SEATS, FlowControl.LONGEST_WAIT, Time.SYSTEM);
    var others = new OtherObjects(objects, parts.catalog());
    var identities = Identities.of(security, others, parts.clock());
    this.authenticator = new Authenticator(identities.tokens());
    var webhooks = new WebhookClient(new ServiceAddresses(objects));
    var webhookMetrics = new WebhookMetrics();
    var schemas = new CustomSchemas(parts.schemas(), parts.catalog());
    var admission =
        Admission.chain(objects, others, schemas, rights, webhooks, webhookMetrics, parts);
    var mutations =
        new Mutations(objects, parts.catalog(), schemas, admission, parts.clock(), parts.traces());
    var protobuf = new ProtobufCodec(schemas);
    var presenter = new Presenter(parts.clock(), protobuf);
    var aggregator = where(Resources.API_SERVICES, kind -> aggregator(mutations, kind));
    this.dispatch =
        new Dispatch(
            aggregator,
            new ResourceMetrics(objects, parts.kubelets(), presenter),
            parts.catalog(),
            new RemoteGroups(others),
            new ResourceDispatch(objects, mutations, presenter, identities, rights, schemas, parts),
            new PathDispatch(
                new Discovery(
                    parts.catalog(),
                    () -> aggregator.map(Aggregator::others).orElse(SERVED_BESIDE)),
                new OpenApi(
                    parts.openApi(),
                    aggregator.map(Aggregator::documents).orElse(OtherDocuments.NONE)),
                new Health(liveness(), parts.readiness()),
                new MetricsEndpoint(metrics, webhookMetrics, fairness, caches, components),
                new TraceEndpoint(objects, parts.traces()),
                new IssuerEndpoint(identities.accounts()),
                parts.version()),
            protobuf);
    where(Resources.PODS, kind -> new RunningPods(objects, kind, parts.traces()))
        .ifPresent(part -> closing.add(part::close));
    aggregator.ifPresent(part -> closing.add(part::close));
    where(Resources.VALIDATING_ADMISSION_POLICIES, kind -> policyStatus(mutations, schemas, kind))
        .ifPresent(part -> closing.add(part::close));
    where(Resources.CUSTOM_RESOURCE_DEFINITIONS, kind -> liveKinds(mutations, webhooks, kind))
        .ifPresent(part -> closing.add(part::close));
    closing.add(caches::close);
    closing.add(webhooks::close);
  }

  /** Ends what follows the store, and its watches. The store is its owner's to close. */
  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }

  private <T> Optional<T> where(
      GroupVersionResource resource, Function<ResourceDefinition, T> part) {
    return parts.catalog().find(resource).map(part);
  }

  private Aggregator aggregator(Mutations mutations, ResourceDefinition kind) {
    return new Aggregator(objects, mutations, parts.catalog(), kind, SERVED_BESIDE, parts.clock());
  }

  private PolicyStatus policyStatus(
      Mutations mutations, CustomSchemas schemas, ResourceDefinition kind) {
    return new PolicyStatus(objects, mutations, kind, new PolicyTypes(parts.catalog(), schemas));
  }

  private LiveKinds liveKinds(
      Mutations mutations, WebhookClient webhooks, ResourceDefinition kind) {
    return new LiveKinds(objects, mutations, parts.catalog(), kind, webhooks, parts.clock());
  }

  private Conversion conversion(GroupVersionResource resource) {
    return where(resource, ResourceDefinition::conversion).orElse(Conversion.NONE);
  }

  private Map<String, BooleanSupplier> liveness() {
    var checks = new LinkedHashMap<String, BooleanSupplier>();
    checks.put("ping", () -> true);
    checks.put("etcd", () -> parts.store().revision() > 0);
    checks.put("watch-caches", caches::isFed);
    return checks;
  }
}
