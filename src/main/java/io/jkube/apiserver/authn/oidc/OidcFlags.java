package io.jkube.apiserver.authn.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.authn.AnonymousAccess;
import io.jkube.apiserver.authn.jwt.JwsAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One issuer, as upstream's {@code --oidc-} flags describe it. */
public final class OidcFlags {
  public static final String ISSUER_URL = "oidc-issuer-url";
  public static final String CLIENT_ID = "oidc-client-id";
  public static final String USERNAME_CLAIM = "oidc-username-claim";
  public static final String USERNAME_PREFIX = "oidc-username-prefix";
  public static final String GROUPS_CLAIM = "oidc-groups-claim";
  public static final String GROUPS_PREFIX = "oidc-groups-prefix";
  public static final String SIGNING_ALGS = "oidc-signing-algs";
  public static final String REQUIRED_CLAIM = "oidc-required-claim";
  public static final String CA_FILE = "oidc-ca-file";

  /** All of them, in the order of the help. */
  public static final List<String> NAMES =
      List.of(
          ISSUER_URL,
          CLIENT_ID,
          USERNAME_CLAIM,
          USERNAME_PREFIX,
          GROUPS_CLAIM,
          GROUPS_PREFIX,
          SIGNING_ALGS,
          REQUIRED_CLAIM,
          CA_FILE);

  private static final String NO_PREFIX = "-";

  private OidcFlags() {}

  /**
   * What an AuthenticationConfiguration would say.
   *
   * @param flags by name; {@link #REQUIRED_CLAIM} and {@link #SIGNING_ALGS} with commas between
   * @param authority what the file of {@link #CA_FILE} says; empty for none
   * @throws IllegalArgumentException what is wrong with them
   */
  public static AuthenticationConfiguration configuration(
      Map<String, String> flags, String authority) {
    var url = flags.getOrDefault(ISSUER_URL, "");
    var client = flags.getOrDefault(CLIENT_ID, "");
    if (url.isEmpty() || client.isEmpty()) {
      throw new IllegalArgumentException(
          "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are"
              + " set");
    }
    var jwt = Json.object();
    var issuer = jwt.putObject("issuer").put("url", url);
    issuer.putArray("audiences").add(client);
    issuer.put("certificateAuthority", authority);
    var claims = jwt.putObject("claimMappings");
    var name = flags.getOrDefault(USERNAME_CLAIM, "sub");
    claims.putObject("username").put("claim", name).put("prefix", namePrefix(flags, name, url));
    if (flags.containsKey(GROUPS_CLAIM)) {
      claims
          .putObject("groups")
          .put("claim", flags.get(GROUPS_CLAIM))
          .put("prefix", flags.getOrDefault(GROUPS_PREFIX, ""));
    }
    require(flags.getOrDefault(REQUIRED_CLAIM, ""), jwt);
    var made = JwtIssuer.of(jwt, "oidc").signedBy(algorithms(flags));
    return new AuthenticationConfiguration(List.of(made), AnonymousAccess.HEALTH_AND_VERSION);
  }

  /** Addresses are unique as they are; other names may be anybody's without their issuer. */
  private static String namePrefix(Map<String, String> flags, String claim, String url) {
    var usual = claim.equals("email") ? "" : url + "#";
    var prefix = flags.getOrDefault(USERNAME_PREFIX, usual);
    return prefix.equals(NO_PREFIX) ? "" : prefix;
  }

  private static void require(String claims, ObjectNode jwt) {
    var rules = jwt.putArray("claimValidationRules");
    for (var each : words(claims).toList()) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            REQUIRED_CLAIM + " must be claim=value, not \"" + each + "\"");
      }
      rules
          .addObject()
          .put("claim", each.substring(0, equals))
          .put("requiredValue", each.substring(equals + 1));
    }
  }

  private static Set<JwsAlgorithm> algorithms(Map<String, String> flags) {
    return words(flags.getOrDefault(SIGNING_ALGS, JwsAlgorithm.RS256.name()))
        .map(
            name ->
                JwsAlgorithm.named(name)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                SIGNING_ALGS + ": unsupported signing alg \"" + name + "\"")))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> words(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(word -> !word.isEmpty());
  }
}
