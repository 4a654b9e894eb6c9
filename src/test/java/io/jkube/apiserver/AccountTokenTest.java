package io.jkube.apiserver;

import static io.jkube.apiserver.TestServer.failure;
import static io.jkube.apiserver.TestServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.apiserver.authn.StaticTokens;
import io.jkube.apiserver.authn.jwt.Jws;
import io.jkube.apiserver.authn.jwt.SigningKey;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Caller;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.subresource.KubeletConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of service accounts: what they say, who believes them, and who must not. */
@Timeout(20)
final class AccountTokenTest {
  private static final SigningKey KEY = TestSigningKey.KEY;

  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final TestServer server =
      new TestServer(
          KubeletConnection.NONE,
          new Security(new StaticTokens(Map.of()), KEY, Security.Authorization.ALWAYS_ALLOW),
          () -> now);

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectNode request(String spec) {
    return server.post(ACCOUNTS + "/default/token", "{'spec':{" + spec + "}}");
  }

  private String token(String spec) {
    return request(spec).at("/status/token").asText();
  }

  private Reply who(String token) {
    return server.ask(
        "POST", WHO, "", new Body.Tree(Json.object()), new Caller.Remote(null, token));
  }

  private static ObjectNode claims(String token) {
    return Jws.parse(token).orElseThrow().claims();
  }

  private ObjectNode pod(String extra) {
    return server.post(
        "/api/v1/namespaces/default/pods",
        "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]" + extra + "}}");
  }

  @Test
  void saysWhoseItIsAndUntilWhen() {
    var answer = request("");
    assertEquals("TokenRequest", answer.path("kind").asText());
    assertEquals("2026-01-02T04:04:05Z", answer.at("/status/expirationTimestamp").asText());
    var claims = claims(answer.at("/status/token").asText());
    assertEquals("system:serviceaccount:default:default", claims.path("sub").asText());
    assertEquals(ApiAudience.ISSUER, claims.path("iss").asText());
    assertEquals(ApiAudience.ISSUER, claims.at("/aud/0").asText());
    assertEquals(now.getEpochSecond() + 3600, claims.path("exp").asLong());
    assertEquals("default", claims.path("kubernetes.io").path("namespace").asText());
  }

  @Test
  void isItsAccountToTheServer() {
    var token = token("");
    var user = TestServer.tree(who(token)).at("/status/userInfo");
    assertEquals("system:serviceaccount:default:default", user.path("username").asText());
    assertEquals(
        "[\"system:serviceaccounts\",\"system:serviceaccounts:default\",\"system:authenticated\"]",
        user.path("groups").toString());
    var id = user.path("extra").path("authentication.kubernetes.io/credential-id").path(0);
    assertEquals("JTI=" + claims(token).path("jti").asText(), id.asText());
  }

  @Test
  void diesWithItsAccountEvenWhenThatIsMadeAgain() {
    var token = token("");
    assertEquals(201, who(token).code());
    server.delete(ACCOUNTS + "/default");
    assertEquals(401, who(token).code());
    server.post(ACCOUNTS, "{'metadata':{'name':'default'}}");
    assertEquals(401, who(token).code());
  }

  @Test
  void diesWithThePodItIsBoundTo() {
    var uid = pod("").at("/metadata/uid").asText();
    var token = token("'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}");
    assertEquals(uid, claims(token).path("kubernetes.io").path("pod").path("uid").asText());
    assertEquals(201, who(token).code());
    server.delete("/api/v1/namespaces/default/pods/p", "{'gracePeriodSeconds':0}");
    assertEquals(401, who(token).code());
  }

  @Test
  void aPodOnItsWayOutKeepsItsTokenForAMinute() {
    pod(",'nodeName':'n1','terminationGracePeriodSeconds':30");
    var token = token("'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}");
    assertEquals("n1", claims(token).path("kubernetes.io").path("node").path("name").asText());
    server.delete("/api/v1/namespaces/default/pods/p");
    now = now.plusSeconds(80);
    assertEquals(201, who(token).code());
    now = now.plusSeconds(20);
    assertEquals(401, who(token).code());
  }

  @Test
  void expiresAndIsNotValidBeforeItsTime() {
    var token = token("'expirationSeconds':600");
    now = now.plusSeconds(700);
    assertEquals(401, who(token).code());
    now = now.minusSeconds(1000);
    assertEquals(401, who(token).code());
  }

  @Test
  void theTokenOfEveryPodLivesLongerThanItSays() {
    pod("");
    var answer =
        request(
            "'expirationSeconds':3607,'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}");
    assertEquals("2026-01-02T04:04:12Z", answer.at("/status/expirationTimestamp").asText());
    var claims = claims(answer.at("/status/token").asText());
    assertEquals(now.getEpochSecond() + 365 * 24 * 3600, claims.path("exp").asLong());
    assertEquals(
        now.getEpochSecond() + 3607, claims.path("kubernetes.io").path("warnafter").asLong());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'expirationSeconds':599|422|TokenRequest.authentication.k8s.io \"\" is invalid:"
            + " spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10"
            + " minutes",
        "'expirationSeconds':4294967297|422|TokenRequest.authentication.k8s.io \"\" is invalid:"
            + " spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration"
            + " larger than 2^32 seconds",
        "'boundObjectRef':{'apiVersion':'v1','kind':'ConfigMap','name':'x'}|400|cannot bind token"
            + " to object of type /v1, Kind=ConfigMap",
        "'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'x'}|404|pods \"x\" not found",
      })
  void refusesWhatItCannotPromise(String line) {
    var parts = line.split("\\|");
    var refused = failure(() -> request(parts[0]));
    assertEquals(parts[1], Integer.toString(refused.code()));
    assertEquals(parts[2], refused.getMessage());
  }

  @Test
  void aPodOfAnotherAccountOrUidCannotBeBound() {
    server.post(ACCOUNTS, "{'metadata':{'name':'other'}}");
    pod("");
    var reference = "{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'%s}}}";
    var other = failure(() -> server.post(ACCOUNTS + "/other/token", reference.formatted("")));
    assertEquals(
        "cannot bind token for serviceaccount \"other\" to pod running with serviceaccount"
            + " \"default\"",
        other.getMessage());
    var uid =
        failure(
            () -> server.post(ACCOUNTS + "/default/token", reference.formatted(",'uid':'old'")));
    assertEquals(StatusReason.CONFLICT, uid.reason());
  }

  @Test
  void aTokenForOthersIsNoneForTheServer() {
    var token = token("'audiences':['vault','bank']");
    assertEquals(401, who(token).code());
    assertTrue(review(token, "'vault'").at("/status/authenticated").asBoolean());
    assertEquals("[\"vault\"]", review(token, "'vault','x'").at("/status/audiences").toString());
    assertTrue(review(token, "'x'").at("/status/authenticated").isMissingNode());
    assertTrue(review(token, "").at("/status/error").isTextual());
  }

  private ObjectNode review(String token, String audiences) {
    return server.post(
        REVIEWS, "{'spec':{'token':'" + token + "','audiences':[" + audiences + "]}}");
  }

  @Test
  void anyChangeOfATokenMakesItWorthless() throws GeneralSecurityException {
    var good = token("");
    var parts = good.split("\\.");
    var claims = claims(good).put("sub", "system:serviceaccount:kube-system:admin");
    var forged = BASE64.encodeToString(Json.bytes(claims));
    var none = BASE64.encodeToString(Json.bytes(json("{'alg':'none'}")));
    var symmetric = BASE64.encodeToString(Json.bytes(json("{'alg':'HS256'}")));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.publicKey().getEncoded(), "HmacSHA256"));
    var text = symmetric + "." + forged;
    var hs256 = BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    assertEquals(201, who(good).code());
    assertEquals(401, who(parts[0] + "." + forged + "." + parts[2]).code());
    assertEquals(401, who(none + "." + forged + ".").code());
    assertEquals(401, who(none + "." + parts[1] + "." + parts[2]).code());
    assertEquals(401, who(text + "." + hs256).code());
    assertEquals(401, who(good.substring(0, good.length() - 8)).code());
    assertEquals(401, who(parts[0] + "." + parts[1]).code());
    assertEquals(401, who(good + ".x").code());
    assertEquals(401, who("..").code());
    assertEquals(401, who(Jws.sign(claims(good), TestSigningKey.make())).code());
    assertEquals(401, who(Jws.sign(claims(good).put("iss", "https://other"), KEY)).code());
  }

  @Test
  void publishesTheKeyThatChecksThem() {
    var document = server.get("/.well-known/openid-configuration");
    assertEquals(ApiAudience.ISSUER, document.path("issuer").asText());
    var key = server.get("/openid/v1/jwks").at("/keys/0");
    assertEquals("RS256", key.path("alg").asText());
    assertEquals(Jws.parse(token("")).orElseThrow().keyId(), key.path("kid").asText());
    assertEquals("AQAB", key.path("e").asText());
  }
}
