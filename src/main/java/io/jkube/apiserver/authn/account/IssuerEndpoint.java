package io.jkube.apiserver.authn.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Reply;
import java.util.Optional;

/**
 * What others need to check our tokens themselves ("ServiceAccount token issuer discovery").
 *
 * @param accounts null on a server that issues none: it has nothing to tell
 */
public record IssuerEndpoint(AccountTokens accounts) {
  public Optional<Reply> answer(ApiRequest request) {
    if (accounts == null) {
      return Optional.empty();
    }
    return switch (request.path()) {
      case "/.well-known/openid-configuration" ->
          Optional.of(text("application/json", TokenRequests.discovery()));
      case "/openid/v1/jwks" -> Optional.of(text("application/jwk-set+json", accounts.keySet()));
      default -> Optional.empty();
    };
  }

  private static Reply text(String type, ObjectNode document) {
    return new Reply.Text(200, type, Json.bytes(document), null);
  }
}
