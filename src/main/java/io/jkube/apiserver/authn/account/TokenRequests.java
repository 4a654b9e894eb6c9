package io.jkube.apiserver.authn.account;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Issues tokens: answers {@code TokenRequest}s. */
public final class TokenRequests {
  public static final GroupVersionKind KIND =
      new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest");

  private static final long DEFAULT_SECONDS = 3600;
  private static final long MIN_SECONDS = 600;
  private static final long MAX_SECONDS = 1L << 32;

  /** What the tokens ask for that every pod gets; told from others by its odd length. */
  private static final long INJECTED_SECONDS = 3607;

  /** How long those really live, for clients that read the file but once. */
  private static final long EXTENDED_SECONDS = 365 * 24 * 3600;

  private final AccountTokens tokens;
  private final StoredObjects objects;
  private final InstantSource clock;

  public TokenRequests(AccountTokens tokens, StoredObjects objects, InstantSource clock) {
    this.tokens = tokens;
    this.objects = objects;
    this.clock = clock;
  }

  /**
   * Fills in defaults and the status, with the token.
   *
   * @param request the client's; changed
   * @throws ApiException NotFound for the account or the bound object, Conflict for another uid,
   *     BadRequest, Invalid
   */
  public ObjectNode answer(ObjectKey account, ObjectNode request) {
    var found =
        objects
            .get(Resources.SERVICE_ACCOUNTS, account)
            .orElseThrow(() -> ApiException.notFound(Resources.SERVICE_ACCOUNTS, account.name()));
    var spec = Tree.child(request, "spec");
    setDefaults(spec);
    validate(spec, text(request, "/metadata/name"));
    var now = clock.instant();
    var own = Json.object().put("namespace", account.namespace());
    bind(own, account, spec.path("boundObjectRef") instanceof ObjectNode ref ? ref : null);
    reference(own, "serviceaccount", found);
    long seconds = spec.path("expirationSeconds").asLong();
    boolean extended = isInjected(spec, own, seconds);
    if (extended) {
      own.put("warnafter", now.plusSeconds(seconds).getEpochSecond());
    }
    var token = tokens.sign(claims(account, spec, own, now, extended ? EXTENDED_SECONDS : seconds));
    request.put("apiVersion", KIND.apiVersion()).put("kind", KIND.kind());
    Tree.child(request, "metadata")
        .put("name", account.name())
        .put("namespace", account.namespace())
        .put("creationTimestamp", Timestamps.seconds(now));
    request
        .putObject("status")
        .put("token", token)
        .put("expirationTimestamp", Timestamps.seconds(now.plusSeconds(seconds)));
    return request;
  }

  private static void setDefaults(ObjectNode spec) {
    if (spec.path("audiences").isEmpty()) {
      var audiences = spec.putArray("audiences");
      ApiAudience.AUDIENCES.forEach(audiences::add);
    }
    if (!spec.hasNonNull("expirationSeconds")) {
      spec.put("expirationSeconds", DEFAULT_SECONDS);
    }
  }

  private static void validate(ObjectNode spec, String name) {
    var violations = new Violations();
    var seconds = spec.path("expirationSeconds");
    if (seconds.asLong() < MIN_SECONDS) {
      violations.invalid(
          "spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds.asLong() > MAX_SECONDS) {
      violations.invalid(
          "spec.expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
    }
    violations.throwIfAny(KIND, name);
  }

  private void bind(ObjectNode own, ObjectKey account, ObjectNode reference) {
    if (reference == null) {
      return;
    }
    var bound = kindOf(reference);
    var name = text(reference, "/name");
    var object =
        objects
            .get(bound.resource(), bound.key(account.namespace(), name))
            .orElseThrow(() -> ApiException.notFound(bound.resource(), name));
    if (bound == BoundObject.POD) {
      bindPod(own, account, object);
    }
    var uid = text(reference, "/uid");
    if (!uid.isEmpty() && !BoundObject.isSame(object, uid)) {
      throw otherUid(reference);
    }
    reference(own, bound.claim(), object);
  }

  private static BoundObject kindOf(ObjectNode reference) {
    var apiVersion = text(reference, "/apiVersion");
    if (apiVersion.equals("v1")) {
      for (var bound : BoundObject.values()) {
        if (bound.kind().equals(text(reference, "/kind"))) {
          return bound;
        }
      }
    }
    throw ApiException.badRequest(
        "cannot bind token to object of type "
            + (apiVersion.contains("/") ? apiVersion : "/" + apiVersion)
            + ", Kind="
            + text(reference, "/kind"));
  }

  private void bindPod(ObjectNode own, ObjectKey account, ObjectNode pod) {
    var runsAs = text(pod, "/spec/serviceAccountName");
    if (!runsAs.equals(account.name())) {
      throw ApiException.badRequest(
          "cannot bind token for serviceaccount \"%s\" to pod running with serviceaccount \"%s\""
              .formatted(account.name(), runsAs));
    }
    var node = text(pod, "/spec/nodeName");
    if (!node.isEmpty()) {
      own.putObject("node").put("name", node);
      objects
          .get(Resources.NODES, ObjectKey.cluster(node))
          .ifPresent(found -> reference(own, "node", found));
    }
  }

  private static ApiException otherUid(ObjectNode reference) {
    var kind = text(reference, "/kind");
    var name = text(reference, "/name");
    return new ApiException(
        StatusReason.CONFLICT,
        ("Operation cannot be fulfilled on %s \"%s\": the UID in the bound object reference (%s)"
                + " does not match the UID in record. The object might have been deleted and then"
                + " recreated")
            .formatted(kind, name, text(reference, "/uid")),
        Json.object().put("name", name).put("kind", kind));
  }

  private static void reference(ObjectNode own, String claim, ObjectNode object) {
    own.putObject(claim)
        .put("name", text(object, "/metadata/name"))
        .put("uid", text(object, "/metadata/uid"));
  }

  private static boolean isInjected(ObjectNode spec, ObjectNode own, long seconds) {
    return seconds == INJECTED_SECONDS
        && own.has(BoundObject.POD.claim())
        && Tree.texts(spec, "/audiences").equals(ApiAudience.AUDIENCES);
  }

  private static ObjectNode claims(
      ObjectKey account, ObjectNode spec, ObjectNode own, Instant now, long seconds) {
    var claims = Json.object();
    claims.set("aud", spec.path("audiences").deepCopy());
    claims.put("exp", now.getEpochSecond() + seconds);
    claims.put("iat", now.getEpochSecond());
    claims.put("iss", ApiAudience.ISSUER);
    claims.put("jti", UUID.randomUUID().toString());
    claims.set("kubernetes.io", own);
    claims.put("nbf", now.getEpochSecond());
    return claims.put("sub", new AccountName(account.namespace(), account.name()).user());
  }

  /** What {@code /.well-known/openid-configuration} says. */
  public static ObjectNode discovery() {
    var document = Json.object();
    document.put("issuer", ApiAudience.ISSUER);
    document.put("jwks_uri", ApiAudience.ISSUER + "/openid/v1/jwks");
    document.putArray("response_types_supported").add("id_token");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("RS256");
    return document;
  }
}
