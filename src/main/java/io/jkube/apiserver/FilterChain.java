package io.jkube.apiserver;

import io.jkube.api.ApiException;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.apiserver.audit.AuditedRequest;
import io.jkube.apiserver.authn.Authenticator;
import io.jkube.apiserver.authz.ActingAs;
import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.authz.Refusal;
import io.jkube.apiserver.fairness.Flow;
import io.jkube.apiserver.negotiate.protobuf.ProtobufCodec;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;
import java.util.List;
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

  private final Assembly assembly;
  private final ActingAs actingAs;

  private FilterChain(Assembly assembly) {
    this.assembly = assembly;
    this.actingAs = new ActingAs(assembly.rights.authorizer());
  }

  /** Is ready to answer when it returns. */
  public static FilterChain over(ServerParts parts) {
    return new FilterChain(new Assembly(parts));
  }

  /** What another part of this process counts is told at {@code /metrics} too. */
  public void publish(MetricsSource counts) {
    assembly.components.add(counts);
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
    assembly.metrics.started();
    RequestInfo info = null;
    AuditedRequest audited = null;
    Reply reply;
    try {
      info = RequestInfo.of(request);
      var caller = caller(request, info);
      audited = received(request, info, caller);
      var user = user(request, caller, audited);
      try (var _ = assembly.fairness.admit(user, info, request, classified)) {
        authorize(user, info, request, audited);
        reply = assembly.dispatch.answer(request, info, user, audited);
      }
    } catch (RuntimeException | StackOverflowError failure) {
      reply = ErrorMapper.reply(request, failure);
    }
    if (audited != null) {
      reply = audited.answered(reply);
    }
    assembly.metrics.ended(info, reply.code(), System.nanoTime() - start);
    return reply;
  }

  private UserInfo caller(ApiRequest request, RequestInfo info) {
    try {
      var caller = assembly.authenticator.authenticate(request.caller());
      if (!caller.anonymous()
          || assembly.security.anonymous().get().hears(info.path(), isOpen(info))) {
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
    var log = assembly.security.audit();
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
    var decision = assembly.rights.authorizer().authorize(user, what);
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

  /**
   * From now on the APIServices of what is served here are kept, and requests for other group
   * versions are passed on to the servers behind them.
   *
   * @param frontProxy shown to those servers, which believe by it whose request it is
   */
  public void aggregate(KeyManager[] frontProxy) {
    assembly.dispatch.aggregator().ifPresent(servers -> servers.start(frontProxy));
  }

  /** Whether a request's body goes on as it comes. */
  boolean passesOn(String path) {
    return assembly.dispatch.passesOn(path);
  }

  /** For replies on their way to a wire. */
  ProtobufCodec protobuf() {
    return assembly.dispatch.protobuf();
  }

  /** Ends the watches. The store is its owner's to close. */
  @Override
  public void close() {
    assembly.close();
  }
}
