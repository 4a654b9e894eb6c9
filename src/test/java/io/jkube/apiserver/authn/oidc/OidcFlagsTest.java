package io.jkube.apiserver.authn.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.x509.Pem;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.apiserver.authn.TokenAuthenticator;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.testing.TestAuthority;
import io.jkube.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the flags of one issuer let in, and by which name. */
@Timeout(30)
final class OidcFlagsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static TestIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    issuer = new TestIssuer();
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  private static Map<String, String> flags(String... rest) {
    var flags = new HashMap<String, String>();
    flags.put(OidcFlags.ISSUER_URL, issuer.url());
    flags.put(OidcFlags.CLIENT_ID, "jkube");
    flags.put(OidcFlags.SIGNING_ALGS, "ES256"); // as the issuer of the tests does
    for (int i = 0; i < rest.length; i += 2) {
      flags.put(rest[i], rest[i + 1]);
    }
    return flags;
  }

  private static ObjectNode claims() {
    var claims = Json.object().put("iss", issuer.url()).put("sub", "jane").put("aud", "jkube");
    claims.put("email", "jane@example.com").put("tenant", "us");
    claims.putArray("roles").add("dev");
    return claims.put("exp", NOW.plusSeconds(60).getEpochSecond());
  }

  private static Optional<UserInfo> user(Map<String, String> flags, ObjectNode claims)
      throws Exception {
    var authority =
        new String(Pem.encode(TestAuthority.AUTHORITY.certificate()), StandardCharsets.US_ASCII);
    var configuration = OidcFlags.configuration(flags, authority);
    return new OidcTokens(configuration.issuers(), () -> NOW)
        .authenticate(issuer.sign(claims), ApiAudience.AUDIENCES)
        .map(TokenAuthenticator.Known::user);
  }

  private static String name(String... rest) throws Exception {
    return user(flags(rest), claims()).orElseThrow().name();
  }

  @Test
  void namesStandBehindTheirIssuerUnlessSaidOtherwise() throws Exception {
    assertEquals(issuer.url() + "#jane", name());
    assertEquals("oidc:jane", name(OidcFlags.USERNAME_PREFIX, "oidc:"));
    assertEquals("jane", name(OidcFlags.USERNAME_PREFIX, "-"));
    assertEquals("jane@example.com", name(OidcFlags.USERNAME_CLAIM, "email"));
    assertEquals(
        "x:jane@example.com",
        name(OidcFlags.USERNAME_CLAIM, "email", OidcFlags.USERNAME_PREFIX, "x:"));
  }

  @Test
  void groupsAreThoseOfTheirClaim() throws Exception {
    assertEquals(List.of(), user(flags(), claims()).orElseThrow().groups());
    var flags = flags(OidcFlags.GROUPS_CLAIM, "roles", OidcFlags.GROUPS_PREFIX, "oidc:");
    assertEquals(List.of("oidc:dev"), user(flags, claims()).orElseThrow().groups());
    assertEquals(
        List.of("dev"),
        user(flags(OidcFlags.GROUPS_CLAIM, "roles"), claims()).orElseThrow().groups());
  }

  @Test
  void whatIsRequiredMustBeSo() throws Exception {
    var flags = flags(OidcFlags.REQUIRED_CLAIM, "tenant=us,sub=jane");
    assertTrue(user(flags, claims()).isPresent());
    assertTrue(user(flags, claims().put("tenant", "them")).isEmpty());
    assertTrue(user(flags, claims().put("aud", "another")).isEmpty());
    var unverified = claims().put("email_verified", false);
    assertTrue(user(flags(OidcFlags.USERNAME_CLAIM, "email"), unverified).isEmpty());
  }

  @Test
  void onlyTheseAlgorithmsSign() throws Exception {
    assertTrue(user(flags(OidcFlags.SIGNING_ALGS, "RS256, ES256"), claims()).isPresent());
    assertTrue(user(flags(OidcFlags.SIGNING_ALGS, "ES384"), claims()).isEmpty());
    var usual = flags();
    usual.remove(OidcFlags.SIGNING_ALGS);
    assertTrue(user(usual, claims()).isEmpty(), "RS256 alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oidc-client-id      |                   | must be specified together",
        "oidc-issuer-url     |                   | must be specified together",
        "oidc-issuer-url     | http://a.example  | URL scheme must be https",
        "oidc-signing-algs   | HS256             | unsupported signing alg \"HS256\"",
        "oidc-required-claim | tenant            | must be claim=value, not \"tenant\"",
      })
  void whatMakesNoSenseIsSaid(String flag, String value, String why) {
    var flags = flags(flag, value == null ? "" : value);
    var wrong =
        assertThrows(IllegalArgumentException.class, () -> OidcFlags.configuration(flags, ""));
    assertTrue(wrong.getMessage().contains(why), wrong.getMessage());
  }
}
