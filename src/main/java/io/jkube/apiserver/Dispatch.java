package io.jkube.apiserver;

import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.aggregation.Aggregator;
import io.jkube.apiserver.audit.AuditedRequest;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.negotiate.ProtobufBody;
import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.resourcemetrics.ResourceMetrics;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.metrics.ResourceUse;
import java.util.Optional;

/**
 * What answers a request that is let through: another server, the figures of use, a stored
 * resource, or a path beside them.
 *
 * @param aggregator empty on a server that keeps no APIServices
 */
record Dispatch(
    Optional<Aggregator> aggregator,
    ResourceMetrics resourceMetrics,
    ResourceCatalog catalog,
    RemoteGroups remoteGroups,
    ResourceDispatch resources,
    PathDispatch paths,
    ProtobufCodec protobuf) {

  /** Whether a request's body goes on as it comes. */
  boolean passesOn(String path) {
    return aggregator.filter(each -> each.serves(path)).isPresent();
  }

  /**
   * @param audited null on a server that notes nothing
   */
  Reply answer(ApiRequest request, RequestInfo info, UserInfo user, AuditedRequest audited) {
    return aggregator
        .flatMap(servers -> servers.answer(request, user))
        .orElseGet(() -> answerHere(request, info, user, audited));
  }

  private Reply answerHere(
      ApiRequest request, RequestInfo info, UserInfo user, AuditedRequest audited) {
    if (info.resource().group().equals(ResourceUse.GROUP)) {
      return use(request, info, user, audited);
    }
    if (!info.resourceRequest()) {
      return paths.answer(request);
    }
    var definition =
        catalog.find(info.resource()).orElseThrow(() -> remoteGroups.refusal(info.resource()));
    var readable = new ProtobufBody(protobuf).decoded(request, definition.kind());
    return answer(new ResourceCall(readable, info, user, definition), audited, resources::answer);
  }

  private Reply use(ApiRequest request, RequestInfo info, UserInfo user, AuditedRequest audited) {
    var definition =
        ResourceUse.ALL.stream()
            .filter(each -> each.resource().equals(info.resource()))
            .filter(each -> info.subresource().isEmpty())
            .findFirst()
            .orElseThrow(Dispatch::unknownResource);
    if (!info.verb().equals("get") && !info.verb().equals("list")) {
      throw ResourceDispatch.notAllowed();
    }
    return answer(new ResourceCall(request, info, user, definition), audited, resourceMetrics);
  }

  /** Warnings go out with a refusal, too. */
  private static Reply answer(ResourceCall call, AuditedRequest audited, Verb verb) {
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
}
