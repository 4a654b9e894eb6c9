package io.jkube.cli.lifecycle;

import io.jkube.cli.command.CommandContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** One issuer whose tokens are believed, by upstream's flags. */
final class IssuerFlags {
  @Option(
      names = "--oidc-issuer-url",
      paramLabel = "URL",
      description =
          "The https address of an issuer whose tokens are believed (OpenID Connect); an empty one"
              + " forgets all that was said of it. Not beside --authentication-config.")
  String oidcIssuerUrl;

  @Option(
      names = "--oidc-client-id",
      paramLabel = "ID",
      description = "Whom the issuer's tokens are meant for.")
  String oidcClientId;

  @Option(
      names = "--oidc-username-claim",
      paramLabel = "CLAIM",
      description = "The claim that holds the user's name (default: sub).")
  String oidcUsernameClaim;

  @Option(
      names = "--oidc-username-prefix",
      paramLabel = "PREFIX",
      description =
          "What stands before names, - for nothing; default: the issuer's address and #, but"
              + " nothing before the claim email.")
  String oidcUsernamePrefix;

  @Option(
      names = "--oidc-groups-claim",
      paramLabel = "CLAIM",
      description = "The claim that holds the user's groups.")
  String oidcGroupsClaim;

  @Option(
      names = "--oidc-groups-prefix",
      paramLabel = "PREFIX",
      description = "What stands before groups.")
  String oidcGroupsPrefix;

  @Option(
      names = "--oidc-signing-algs",
      paramLabel = "ALG,...",
      description =
          "How tokens may be signed: RS256 (default), RS384, RS512, ES256, ES384, ES512, PS256,"
              + " PS384, PS512.")
  String oidcSigningAlgs;

  @Option(
      names = "--oidc-required-claim",
      paramLabel = "CLAIM=VALUE",
      description = "What tokens must say; may be given several times.")
  List<String> oidcRequiredClaims;

  @Option(
      names = "--oidc-ca-file",
      paramLabel = "FILE",
      description = "Who signed the certificate of the issuer's server (PEM).")
  String oidcCaFile;

  /** Those that were given, by name. */
  Map<String, String> given(CommandContext context) {
    var flags = new LinkedHashMap<String, String>();
    flags.put("oidc-issuer-url", oidcIssuerUrl);
    flags.put("oidc-client-id", oidcClientId);
    flags.put("oidc-username-claim", oidcUsernameClaim);
    flags.put("oidc-username-prefix", oidcUsernamePrefix);
    flags.put("oidc-groups-claim", oidcGroupsClaim);
    flags.put("oidc-groups-prefix", oidcGroupsPrefix);
    flags.put("oidc-signing-algs", oidcSigningAlgs);
    flags.put(
        "oidc-required-claim",
        oidcRequiredClaims == null ? null : String.join(",", oidcRequiredClaims));
    flags.put("oidc-ca-file", EtcdFlags.path(oidcCaFile, context));
    flags.values().removeIf(Objects::isNull);
    return flags;
  }
}
