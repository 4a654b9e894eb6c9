package io.jkube.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.authn.account.IssuerEndpoint;
import io.jkube.apiserver.discovery.Discovery;
import io.jkube.apiserver.discovery.Version;
import io.jkube.apiserver.health.Health;
import io.jkube.apiserver.metrics.MetricsEndpoint;
import io.jkube.apiserver.openapi.OpenApi;
import io.jkube.apiserver.podtrace.TraceEndpoint;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who answers the paths that name no object: the explicit list. */
record PathDispatch(
    Discovery discovery,
    OpenApi openApi,
    Health health,
    MetricsEndpoint metrics,
    TraceEndpoint traces,
    IssuerEndpoint issuer,
    String version) {
  Reply answer(ApiRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw ResourceDispatch.notAllowed();
    }
    return known(request)
        .or(() -> health.answer(request))
        .or(() -> discovery.answer(request))
        .or(() -> openApi.answer(request))
        .or(() -> traces.answer(request))
        .or(() -> issuer.answer(request))
        .orElseThrow(Dispatch::unknownResource);
  }

  private Optional<Reply> known(ApiRequest request) {
    return switch (request.path()) {
      case "/", "" -> Optional.of(Reply.ok(index()));
      case "/version", "/version/" -> Optional.of(Reply.ok(Version.document(version)));
      case "/metrics" -> Optional.of(metrics.answer());
      default -> Optional.empty();
    };
  }

  private ObjectNode index() {
    var paths = new ArrayList<>(discovery.paths());
    paths.addAll(
        List.of(
            "/.well-known/openid-configuration",
            "/healthz",
            "/livez",
            "/metrics",
            "/openapi/v2",
            "/openapi/v3",
            "/openid/v1/jwks",
            "/readyz",
            "/version"));
    var index = Json.object();
    paths.stream().sorted().forEach(index.putArray("paths")::add);
    return index;
  }
}
