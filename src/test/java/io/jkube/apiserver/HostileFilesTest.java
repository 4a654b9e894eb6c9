package io.jkube.apiserver;

import io.jkube.api.ApiException;
import io.jkube.apiserver.audit.AuditPolicy;
import io.jkube.apiserver.authn.TokenFile;
import io.jkube.apiserver.authn.jwt.Jws;
import io.jkube.apiserver.authn.oidc.AuthenticationConfiguration;
import io.jkube.apiserver.encryption.EncryptionConfig;
import io.jkube.testing.Hostile;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Files that an administrator names at the start, and tokens that anyone sends. */
final class HostileFilesTest {
  private final Hostile hostile = new Hostile(11);

  @Test
  void auditPolicies() {
    hostile.text(
        """
        {apiVersion: audit.k8s.io/v1, kind: Policy, omitStages: [RequestReceived], rules: [
         {level: Metadata, users: [a], verbs: [get], namespaces: [b], resources: [
          {group: "", resources: ["pods/*"], resourceNames: [c]}]},
         {level: None, nonResourceURLs: ["/healthz*"]}]}
        """,
        AuditPolicy::parse,
        IllegalArgumentException.class,
        ApiException.class);
  }

  @Test
  void authenticationConfigurations() {
    hostile.text(
        """
        {apiVersion: apiserver.config.k8s.io/v1, kind: AuthenticationConfiguration, jwt: [
         {issuer: {url: "https://issuer.example", audiences: [a], audienceMatchPolicy: MatchAny},
          claimValidationRules: [{claim: hd, requiredValue: example.com}],
          claimMappings: {username: {claim: sub, prefix: "o:"}, groups: {claim: g, prefix: ""}}}],
         anonymous: {enabled: true, conditions: [{path: /livez}]}}
        """,
        AuthenticationConfiguration::parse,
        IllegalArgumentException.class,
        ApiException.class);
  }

  @Test
  void encryptionConfigurations() {
    hostile.text(
        """
        {apiVersion: apiserver.config.k8s.io/v1, kind: EncryptionConfiguration, resources: [
         {resources: [secrets, deployments.apps], providers: [
          {aescbc: {keys: [{name: k, secret: "MDEyMzQ1Njc4OWFiY2RlZg=="}]}}, {identity: {}}]}]}
        """,
        EncryptionConfig::parse,
        IllegalArgumentException.class,
        ApiException.class);
  }

  @Test
  void tokenFiles() {
    hostile.text(
        "# ours\nt1,ann,1\n\nt2,bob,2,\"dev,ops\"\nt3,\"c\"\"c\",3,solo\n",
        TokenFile::parse,
        IllegalArgumentException.class);
  }

  @Test
  void tokens() {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var header = encoder.encodeToString("{\"alg\":\"RS256\",\"kid\":\"k\"}".getBytes());
    var claims = encoder.encodeToString("{\"iss\":\"a\",\"exp\":1e3}".getBytes());
    hostile.text(
        header + "." + claims + "." + encoder.encodeToString(new byte[20]),
        token -> Jws.parse(token).ifPresent(jws -> jws.isSignedBy(TestSigningKey.KEY.publicKey())));
  }
}
