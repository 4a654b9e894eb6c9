package io.jkube.apiserver.authn.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.authn.jwt.Jws;
import io.jkube.apiserver.authn.jwt.JwsAlgorithm;
import io.jkube.apiserver.authn.jwt.SigningKey;
import io.jkube.registry.StoredObjects;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Believes the tokens that this cluster's key has signed, for as long as what they say holds. */
public final class AccountTokens implements TokenAuthenticator {
  private final SigningKey key;
  private final StoredObjects objects;
  private final InstantSource clock;
  private final SeenTokens seen = new SeenTokens();

  public AccountTokens(SigningKey key, StoredObjects objects, InstantSource clock) {
    this.key = key;
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Optional<Known> authenticate(String token, List<String> audiences) {
    return seen.claims(token, this::signedClaims)
        .filter(this::isTimely)
        .flatMap(claims -> known(claims, audiences));
  }

  private Optional<ObjectNode> signedClaims(String token) {
    return Jws.parse(token)
        .filter(jws -> jws.algorithm() == JwsAlgorithm.RS256)
        .filter(jws -> jws.claims().path("iss").asText().equals(ApiAudience.ISSUER))
        .filter(jws -> jws.keyId().isEmpty() || jws.keyId().equals(key.id()))
        .filter(jws -> jws.isSignedBy(key.publicKey()))
        .map(Jws::claims);
  }

  /** A minute of leeway for clocks that differ, as upstream has it. */
  private boolean isTimely(ObjectNode claims) {
    var now = clock.instant();
    var expiry = claims.path("exp");
    return expiry.isIntegralNumber()
        && now.isBefore(Instant.ofEpochSecond(expiry.asLong()).plus(BoundObject.LEEWAY))
        && !now.isBefore(
            Instant.ofEpochSecond(claims.path("nbf").asLong()).minus(BoundObject.LEEWAY));
  }

  private Optional<Known> known(ObjectNode claims, List<String> audiences) {
    var meant = audiences.stream().filter(texts(claims.path("aud"))::contains).toList();
    var own = claims.path("kubernetes.io");
    var account = new AccountName(text(own, "namespace"), text(own.path("serviceaccount"), "name"));
    if (meant.isEmpty() || !claims.path("sub").asText().equals(account.user())) {
      return Optional.empty();
    }
    var uid = text(own.path("serviceaccount"), "uid");
    return isAlive(account, uid) && boundLives(own, account.namespace())
        ? Optional.of(new Known(account.userInfo(uid, extra(claims, own)), meant))
        : Optional.empty();
  }

  private boolean isAlive(AccountName account, String uid) {
    return objects
        .get(Resources.SERVICE_ACCOUNTS, new ObjectKey(account.namespace(), account.name()))
        .filter(found -> BoundObject.isSame(found, uid))
        .filter(found -> !BoundObject.isPast(found, clock.instant()))
        .isPresent();
  }

  /** The node of a pod's token is told, not held to: the pod does not outlive it for long. */
  private boolean boundLives(JsonNode own, String namespace) {
    for (var bound : BoundObject.values()) {
      boolean onlyTold = bound == BoundObject.NODE && own.has(BoundObject.POD.claim());
      if (own.has(bound.claim())
          && !onlyTold
          && !bound.lives(own.path(bound.claim()), namespace, objects, clock.instant())) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, List<String>> extra(ObjectNode claims, JsonNode own) {
    var extra = new HashMap<String, List<String>>();
    for (var bound : List.of(BoundObject.POD, BoundObject.NODE)) {
      put(extra, bound.claim() + "-name", text(own.path(bound.claim()), "name"));
      put(extra, bound.claim() + "-uid", text(own.path(bound.claim()), "uid"));
    }
    var id = text(claims, "jti");
    put(extra, "credential-id", id.isEmpty() ? "" : "JTI=" + id);
    return extra;
  }

  private static void put(Map<String, List<String>> extra, String name, String value) {
    if (!value.isEmpty()) {
      extra.put("authentication.kubernetes.io/" + name, List.of(value));
    }
  }

  private static List<String> texts(JsonNode oneOrMore) {
    if (oneOrMore.isTextual()) {
      return List.of(oneOrMore.textValue());
    }
    var all = new ArrayList<String>();
    oneOrMore.forEach(each -> all.add(each.asText()));
    return all;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  /** What verifiers need to know: the public key as a JSON Web Key Set. */
  public ObjectNode keySet() {
    var set = Json.object();
    set.putArray("keys").add(key.jwk());
    return set;
  }

  String sign(ObjectNode claims) {
    return Jws.sign(claims, key);
  }
}
