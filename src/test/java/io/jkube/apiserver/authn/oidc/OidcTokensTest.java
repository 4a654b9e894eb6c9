package io.jkube.apiserver.authn.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.x509.Pem;
import io.jkube.apiserver.authn.AnonymousAccess;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.testing.TestAuthority;
import io.jkube.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose tokens are taken, who their bearers are, and whose are not. */
@Timeout(30)
final class OidcTokensTest {
  private static final String MAPPED =
      """
        claimMappings:
          username: {claim: sub, prefix: 'oidc:'}
          groups: {claim: roles, prefix: 'oidc:'}
      """;

  private final TestIssuer issuer = issuer();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  private static TestIssuer issuer() {
    try {
      return new TestIssuer();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private String configuration(String rest) {
    var pem =
        new String(Pem.encode(TestAuthority.AUTHORITY.certificate()), StandardCharsets.US_ASCII);
    return """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer:
            url: %s
            audiences: [jkube, other]
            audienceMatchPolicy: MatchAny
            certificateAuthority: |
        %s
        """
            .formatted(issuer.url(), pem.strip().indent(6))
        + rest;
  }

  private OidcTokens tokens(String rest) {
    var read = AuthenticationConfiguration.parse(configuration(rest));
    return new OidcTokens(read.issuers(), () -> now);
  }

  private ObjectNode claims() {
    var claims = Json.object().put("iss", issuer.url()).put("sub", "jane").put("aud", "jkube");
    claims.put("exp", now.plusSeconds(60).getEpochSecond());
    claims.putArray("roles").add("dev").add("ops");
    return claims;
  }

  private Optional<UserInfo> user(OidcTokens tokens, ObjectNode claims) throws Exception {
    return user(tokens, issuer.sign(claims));
  }

  private static Optional<UserInfo> user(OidcTokens tokens, String token) {
    return tokens.authenticate(token, ApiAudience.AUDIENCES).map(TokenAuthenticator.Known::user);
  }

  @Test
  void claimsMakeAUser() throws Exception {
    var user = user(tokens(MAPPED), claims().put("jti", "x1")).orElseThrow();
    assertEquals("oidc:jane", user.name());
    assertEquals(List.of("oidc:dev", "oidc:ops"), user.groups());
    assertEquals(List.of("JTI=x1"), user.extra().get("authentication.kubernetes.io/credential-id"));
  }

  @Test
  void expressionsMakeAUserAndRulesHoldForIt() throws Exception {
    var tokens =
        tokens(
            """
              claimValidationRules:
              - {claim: tenant, requiredValue: us}
              - {expression: "claims.level > 2", message: the level is too low}
              claimMappings:
                username: {expression: "claims.sub + '@' + claims.tenant"}
                groups: {expression: "claims.roles.filter(r, r != 'ops')"}
                uid: {claim: oid}
                extra:
                - {key: example.com/level, valueExpression: "string(claims.level)"}
              userValidationRules:
              - {expression: "!user.username.startsWith('system:')", message: reserved}
            """);
    var claims = claims().put("tenant", "us").put("level", 3).put("oid", "u-1");
    var user = user(tokens, claims).orElseThrow();
    assertEquals("jane@us", user.name());
    assertEquals("u-1", user.uid());
    assertEquals(List.of("dev"), user.groups());
    assertEquals(List.of("3"), user.extra().get("example.com/level"));
    assertTrue(user(tokens, claims.deepCopy().put("level", 2)).isEmpty());
    assertTrue(user(tokens, claims.deepCopy().put("tenant", "them")).isEmpty());
    assertTrue(user(tokens, claims.deepCopy().put("sub", "system:kube-scheduler")).isEmpty());
    assertTrue(user(tokens, claims.deepCopy().put("level", "high")).isEmpty());
  }

  @Test
  void whatIsNotSoIsNoUser() throws Exception {
    var tokens = tokens(MAPPED);
    assertTrue(user(tokens, claims()).isPresent());
    assertTrue(user(tokens, claims().put("aud", "somebody")).isEmpty());
    assertTrue(user(tokens, claims().put("iss", "https://elsewhere.example")).isEmpty());
    assertTrue(user(tokens, claims().put("exp", now.getEpochSecond())).isEmpty());
    assertTrue(user(tokens, claims().put("nbf", now.getEpochSecond() + 301)).isEmpty());
    var eternal = claims();
    eternal.remove("exp");
    assertTrue(user(tokens, eternal).isEmpty());
    var nameless = claims();
    nameless.remove("sub");
    assertTrue(user(tokens, nameless).isEmpty());
    assertTrue(tokens.authenticate(issuer.sign(claims()), List.of("other audience")).isEmpty());
  }

  @Test
  void aSignatureThatIsCutOrForeignOpensNothing() throws Exception {
    var tokens = tokens(MAPPED);
    var token = issuer.sign(claims());
    var parts = token.split("\\.");
    assertTrue(user(tokens, token).isPresent());
    assertTrue(user(tokens, parts[0] + "." + parts[1] + ".").isEmpty());
    assertTrue(user(tokens, parts[0] + "." + parts[1]).isEmpty());
    var forged = TestIssuer.encoded(Json.bytes(claims().put("sub", "root")));
    assertTrue(user(tokens, parts[0] + "." + forged + "." + parts[2]).isEmpty());
    for (var algorithm : new String[] {"none", "HS256", "RS256", "ES384"}) {
      var header = TestIssuer.encoded(Json.bytes(Json.object().put("alg", algorithm)));
      assertTrue(user(tokens, header + "." + parts[1] + "." + parts[2]).isEmpty(), algorithm);
    }
    try (var other = new TestIssuer()) {
      assertTrue(user(tokens, other.sign(claims())).isEmpty());
    }
  }

  @Test
  void keysRotateAndAreNotFetchedForEveryForgery() throws Exception {
    var tokens = tokens(MAPPED);
    assertEquals(0, issuer.fetches.get(), "nothing is asked before a token comes");
    assertTrue(user(tokens, claims()).isPresent());
    issuer.rotate();
    var fresh = issuer.sign(claims());
    for (int i = 0; i < 20; i++) {
      assertTrue(user(tokens, fresh).isEmpty());
    }
    assertEquals(1, issuer.fetches.get());
    now = now.plus(IssuerKeys.BETWEEN_FETCHES);
    assertTrue(user(tokens, fresh).isPresent());
    assertEquals(2, issuer.fetches.get());
  }

  @Test
  void anIssuerThatIsNotThereRefusesAndIsAskedAgain() throws Exception {
    var tokens = tokens(MAPPED);
    var token = issuer.sign(claims());
    issuer.close();
    assertTrue(user(tokens, token).isEmpty());
  }

  @Test
  void anAddressNobodyVerifiedIsNoName() throws Exception {
    var tokens = tokens("  claimMappings:\n    username: {claim: email, prefix: ''}\n");
    var claims = claims().put("email", "jane@example.com");
    assertEquals("jane@example.com", user(tokens, claims).orElseThrow().name());
    assertTrue(user(tokens, claims.put("email_verified", false)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  claimMappings:\n    username: {claim: sub}\n",
        "  claimMappings:\n    username: {}\n",
        "  claimMappings:\n    username: {claim: sub, prefix: '', expression: claims.sub}\n",
        "  claimMappings:\n    username: {expression: 'claims.'}\n",
        "  claimMappings:\n    username: {expression: claims.email}\n",
        "  claimMappings:\n    username: {claim: sub, prefix: ''}\n    extra:\n"
            + "    - {key: kubernetes.io/x, valueExpression: claims.sub}\n",
        "  claimMappings:\n    user: {claim: sub, prefix: ''}\n",
        "  claimMappings:\n    username: {claim: sub, prefix: ''}\n"
            + "  userValidationRules:\n  - {expression: 'user.username'}\n",
        "  claimMappings:\n    username: {claim: sub, prefix: ''}\n"
            + "anonymous: {enabled: false, conditions: [{path: /livez}]}\n",
      })
  void aFileThatIsWrongIsRefused(String rest) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> AuthenticationConfiguration.parse(configuration(rest)));
    assertTrue(refused.getMessage().length() > 10, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "'{enabled: false}', /livez, false",
    "'{enabled: true}', /api, true",
    "'{enabled: true, conditions: [{path: /livez}]}', /livez, true",
    "'{enabled: true, conditions: [{path: /livez}]}', /livez/ping, false",
    "'{enabled: true, conditions: [{path: /livez}]}', /readyz, false",
  })
  void theFileSaysWhereNamelessRequestsAreHeard(String anonymous, String path, boolean heard) {
    var read =
        AuthenticationConfiguration.parse(
            "{apiVersion: apiserver.config.k8s.io/v1beta1, kind: AuthenticationConfiguration,"
                + " anonymous: "
                + anonymous
                + "}");
    assertEquals(heard, read.anonymous().hears(path, true));
    assertTrue(AnonymousAccess.HEALTH_AND_VERSION.hears("/livez", true));
  }
}
