package io.jkube.apiserver;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.aggregation.Aggregator;
import io.jkube.apiserver.audit.AuditedRequest;
import io.jkube.apiserver.authn.Authenticator;
import io.jkube.apiserver.authn.account.IssuerEndpoint;
import io.jkube.apiserver.authz.ActingAs;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Refusal;
import io.jkube.apiserver.crd.LiveKinds;
import io.jkube.apiserver.discovery.Discovery;
import io.jkube.apiserver.discovery.OtherVersion;
import io.jkube.apiserver.fairness.BootstrapFlows;
import io.jkube.apiserver.fairness.Flow;
import io.jkube.apiserver.fairness.FlowControl;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.health.Health;
import io.jkube.apiserver.metrics.MetricsEndpoint;
import io.jkube.apiserver.metrics.RequestMetrics;
import io.jkube.apiserver.metrics.WebhookMetrics;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.OtherObjects;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.negotiate.ProtobufBody;
import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.openapi.OpenApi;
import io.jkube.apiserver.openapi.OtherDocuments;
import io.jkube.apiserver.podtrace.RunningPods;
import io.jkube.apiserver.podtrace.TraceEndpoint;
import io.jkube.apiserver.policy.PolicyStatus;
import io.jkube.apiserver.proxy.Proxy;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.resourcemetrics.ResourceMetrics;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.WatchCaches;
import io.jkube.apiserver.webhook.ServiceAddresses;
import io.jkube.apiserver.webhook.WebhookClient;
import io.jkube.registry.Conversion;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.admissionregistration.PolicyTypes;
import io.jkube.registry.crd.CustomSchemas;
import io.jkube.registry.metrics.ResourceUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;

/**
 * The way of every request: request info, authentication, fairness, authorisation, dispatch to what
 * answers it. Thread-safe; a request runs on its caller's thread.
 */
public final class FilterChain implements AutoCloseable {
  /** What anyone may ask who does not say who they are; and below them. */
  private static final List<String> OPEN_PATHS =
      List.of("/livez", "/readyz", "/healthz", "/version");

  /** Group versions without stored objects, unless another server serves them. */
  private static final List<OtherVersion> SERVED_BESIDE = List.of(ResourceMetrics.discovered());

  private final ServerParts parts;
  private final Authenticator authenticator;
  private final Rights rights;
  private final ActingAs actingAs;
  private final WatchCaches caches;
  private final WebhookClient webhooks;
  private final RemoteGroups remoteGroups;
  private final ResourceDispatch resources;
  private final PathDispatch paths;
  private final FlowControl fairness;
  private final RequestMetrics metrics = new RequestMetrics();
  private final RunningPods runningPods;
  private final LiveKinds liveKinds;
  private final Aggregator aggregator;
  private final ResourceMetrics resourceMetrics;
  private final PolicyStatus policyStatus;
  private final ProtobufCodec protobuf;

  private FilterChain(ServerParts parts) {
    this.parts = parts;
    this.caches = new WatchCaches(parts.store());
    var objects = new ObjectStore(parts.store(), caches, this::conversion);
    var others = new OtherObjects(objects, parts.catalog());
    this.rights = Rights.of(parts.security(), objects);
    this.fairness =
        new FlowControl(
            objects.settled(BootstrapFlows.SCHEMAS),
            objects.settled(BootstrapFlows.LEVELS),
            FlowControl.SEATS,
            FlowControl.LONGEST_WAIT);
    this.remoteGroups = new RemoteGroups(others);
    this.actingAs = new ActingAs(rights.authorizer());
    this.webhooks = new WebhookClient(new ServiceAddresses(objects));
    var webhookMetrics = new WebhookMetrics();
    var schemas = new CustomSchemas(parts.schemas(), parts.catalog());
    var admission =
        Admission.chain(objects, others, schemas, rights, webhooks, webhookMetrics, parts);
    var mutations =
        new Mutations(objects, parts.catalog(), schemas, admission, parts.clock(), parts.traces());
    var identities = Identities.of(parts.security(), others, parts.clock());
    this.authenticator = new Authenticator(identities.tokens());
    this.protobuf = new ProtobufCodec(schemas);
    var presenter = new Presenter(parts.clock(), protobuf);
    this.resourceMetrics = new ResourceMetrics(objects, parts.kubelets(), presenter);
    this.aggregator =
        parts
            .catalog()
            .find(Resources.API_SERVICES)
            .map(
                services ->
                    new Aggregator(
                        objects,
                        mutations,
                        parts.catalog(),
                        services,
                        SERVED_BESIDE,
                        parts.clock()))
            .orElse(null);
    this.resources =
        new ResourceDispatch(objects, mutations, presenter, identities, rights, schemas, parts);
    this.paths =
        new PathDispatch(
            new Discovery(parts.catalog(), this::otherVersions),
            new OpenApi(
                parts.openApi(), aggregator == null ? OtherDocuments.NONE : aggregator.documents()),
            new Health(liveness(), parts.readiness()),
            new MetricsEndpoint(metrics, webhookMetrics, fairness, caches),
            new TraceEndpoint(objects, parts.traces()),
            new IssuerEndpoint(identities.accounts()),
            parts.version());
    this.runningPods =
        parts
            .catalog()
            .find(Resources.PODS)
            .map(pods -> new RunningPods(objects, pods, parts.traces()))
            .orElse(null);
    this.liveKinds =
        parts
            .catalog()
            .find(Resources.CUSTOM_RESOURCE_DEFINITIONS)
            .map(
                definitions ->
                    new LiveKinds(
                        objects, mutations, parts.catalog(), definitions, webhooks, parts.clock()))
            .orElse(null);
    this.policyStatus =
        parts
            .catalog()
            .find(Resources.VALIDATING_ADMISSION_POLICIES)
            .map(
                policies ->
                    new PolicyStatus(
                        objects, mutations, policies, new PolicyTypes(parts.catalog(), schemas)))
            .orElse(null);
  }

  private List<OtherVersion> otherVersions() {
    return aggregator == null ? SERVED_BESIDE : aggregator.others();
  }

  /**
   * From now on the APIServices of what is served here are kept, and requests for other group
   * versions are passed on to the servers behind them.
   *
   * @param frontProxy shown to those servers, which believe by it whose request it is
   */
  public void aggregate(KeyManager[] frontProxy) {
    if (aggregator != null) {
      aggregator.start(frontProxy);
    }
  }

  /** Whether a request's body goes on as it comes. */
  boolean passesOn(String path) {
    return Proxy.serves(path) || aggregator != null && aggregator.serves(path);
  }

  private Conversion conversion(GroupVersionResource resource) {
    return parts
        .catalog()
        .find(resource)
        .map(ResourceDefinition::conversion)
        .orElse(Conversion.NONE);
  }

  private Map<String, BooleanSupplier> liveness() {
    var checks = new LinkedHashMap<String, BooleanSupplier>();
    checks.put("ping", () -> true);
    checks.put("etcd", () -> parts.store().revision() > 0);
    checks.put("watch-caches", caches::isFed);
    return checks;
  }

  /** Is ready to answer when it returns. */
  public static FilterChain over(ServerParts parts) {
    return new FilterChain(parts);
  }

  /** Answers a request; never throws: what went wrong is a {@link Reply.Failed}. */
  public Reply handle(ApiRequest request) {
    return handle(request, flow -> {});
  }

  /**
   * As {@link #handle(ApiRequest)}.
   *
   * @param classified is told how the request was classified, if it comes that far
   */
  Reply handle(ApiRequest request, Consumer<Flow> classified) {
    long start = System.nanoTime();
    metrics.started();
    RequestInfo info = null;
    AuditedRequest audited = null;
    Reply reply;
    try {
      info = RequestInfo.of(request);
      var caller = caller(request, info);
      audited = received(request, info, caller);
      var user = user(request, caller, audited);
      try (var _ = fairness.admit(user, info, classified)) {
        authorize(user, info, request, audited);
        reply = dispatch(request, info, user, audited);
      }
    } catch (RuntimeException | StackOverflowError failure) {
      reply = ErrorMapper.reply(request, failure);
    }
    if (audited != null) {
      reply = audited.answered(reply);
    }
    metrics.ended(info, reply.code(), System.nanoTime() - start);
    return reply;
  }

  private UserInfo caller(ApiRequest request, RequestInfo info) {
    try {
      var caller = authenticator.authenticate(request.caller());
      if (!caller.anonymous()
          || parts.security().anonymous().get().hears(info.path(), isOpen(info))) {
        return caller;
      }
      throw Authenticator.unauthorized();
    } catch (ApiException unknown) {
      var audited = received(request, info, UserInfo.ANONYMOUS);
      if (audited != null) {
        audited.answered(new Reply.Failed(unknown));
      }
      throw unknown;
    }
  }

  /** Null on a server that notes nothing. */
  private AuditedRequest received(ApiRequest request, RequestInfo info, UserInfo user) {
    var log = parts.security().audit();
    return log == null ? null : log.received(request, Attributes.of(info, request), user);
  }

  private UserInfo user(ApiRequest request, UserInfo caller, AuditedRequest audited) {
    if (!(request.caller() instanceof Caller.Acting acting)) {
      return caller;
    }
    var user = actingAs.user(caller, acting.wanted());
    if (audited != null) {
      audited.actingAs(user);
    }
    return user;
  }

  private void authorize(
      UserInfo user, RequestInfo info, ApiRequest request, AuditedRequest audited) {
    if (user.anonymous() && isOpen(info)) {
      return;
    }
    var what = Attributes.of(info, request);
    var decision = rights.authorizer().authorize(user, what);
    if (audited != null) {
      audited.decided(decision.allowed(), decision.why());
    }
    if (!decision.allowed()) {
      throw Refusal.of(user, what, decision.why());
    }
  }

  private static boolean isOpen(RequestInfo info) {
    return (info.verb().equals("get") || info.verb().equals("head"))
        && OPEN_PATHS.stream()
            .anyMatch(path -> info.path().equals(path) || info.path().startsWith(path + "/"));
  }

  private Reply dispatch(
      ApiRequest request, RequestInfo info, UserInfo user, AuditedRequest audited) {
    if (aggregator != null) {
      var elsewhere = aggregator.answer(request, user);
      if (elsewhere.isPresent()) {
        return elsewhere.get();
      }
    }
    if (info.resource().group().equals(ResourceUse.GROUP)) {
      return answer(resourceMetrics, request, info, user, audited);
    }
    if (info.resourceRequest()) {
      var definition =
          parts
              .catalog()
              .find(info.resource())
              .orElseThrow(() -> remoteGroups.refusal(info.resource()));
      var readable = new ProtobufBody(protobuf).decoded(request, definition.kind());
      return answer(new ResourceCall(readable, info, user, definition), audited);
    }
    return paths.answer(request);
  }

  private Reply answer(
      Verb metrics, ApiRequest request, RequestInfo info, UserInfo user, AuditedRequest audited) {
    var definition =
        ResourceUse.ALL.stream()
            .filter(each -> each.resource().equals(info.resource()))
            .filter(each -> info.subresource().isEmpty())
            .findFirst()
            .orElseThrow(FilterChain::unknownResource);
    if (!info.verb().equals("get") && !info.verb().equals("list")) {
      throw ResourceDispatch.notAllowed();
    }
    return answer(new ResourceCall(request, info, user, definition), audited, metrics);
  }

  private Reply answer(ResourceCall call, AuditedRequest audited) {
    return answer(call, audited, resources::answer);
  }

  /** Warnings go out with a refusal, too. */
  private Reply answer(ResourceCall call, AuditedRequest audited, Verb verb) {
    try {
      return verb.handle(call);
    } catch (RuntimeException | StackOverflowError failure) {
      var failed = ErrorMapper.reply(call.request(), failure);
      return new Reply.Failed(failed.failure(), call.warnings());
    } finally {
      if (audited != null) {
        audited.annotate(call.auditAnnotations());
      }
    }
  }

  static ApiException unknownResource() {
    return new ApiException(
        StatusReason.NOT_FOUND, "the server could not find the requested resource");
  }

  /** For replies on their way to a wire. */
  ProtobufCodec protobuf() {
    return protobuf;
  }

  /** Ends the watches. The store is its owner's to close. */
  @Override
  public void close() {
    if (runningPods != null) {
      runningPods.close();
    }
    if (aggregator != null) {
      aggregator.close();
    }
    if (policyStatus != null) {
      policyStatus.close();
    }
    if (liveKinds != null) {
      liveKinds.close();
    }
    caches.close();
    webhooks.close();
  }
}
