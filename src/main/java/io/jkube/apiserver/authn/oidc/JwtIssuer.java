package io.jkube.apiserver.authn.oidc;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authn.jwt.JwsAlgorithm;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One entry of {@code jwt}.
 *
 * @param url what its tokens name as {@code iss}
 * @param discovery where its document is found; empty for below {@code url}
 * @param authority PEM of who signs its server's certificate; empty for those that Java trusts
 * @param audiences a token must be meant for one of
 * @param algorithms a token must be signed by one of
 */
record JwtIssuer(
    String url,
    String discovery,
    String authority,
    List<String> audiences,
    Claims claims,
    Set<JwsAlgorithm> algorithms) {
  private static final Set<String> FIELDS =
      Set.of("issuer", "claimValidationRules", "claimMappings", "userValidationRules");
  private static final Set<String> ISSUER_FIELDS =
      Set.of(
          "url",
          "discoveryURL",
          "certificateAuthority",
          "audiences",
          "audienceMatchPolicy",
          "egressSelectorType");

  JwtIssuer {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
  }

  /** The same, with fewer algorithms. */
  JwtIssuer signedBy(Set<JwsAlgorithm> some) {
    return new JwtIssuer(url, discovery, authority, audiences, claims, some);
  }

  static JwtIssuer of(ObjectNode jwt, String at) {
    ConfigFields.known(jwt, at, FIELDS);
    var issuer = jwt.path("issuer");
    ConfigFields.known(issuer, at + ".issuer", ISSUER_FIELDS);
    var url = text(issuer, "/url");
    requireHttps(url, at + ".issuer.url");
    var discovery = text(issuer, "/discoveryURL");
    if (!discovery.isEmpty()) {
      requireHttps(discovery, at + ".issuer.discoveryURL");
      if (discovery.replaceAll("/$", "").equals(url.replaceAll("/$", ""))) {
        throw new IllegalArgumentException(
            at + ".issuer.discoveryURL: discoveryURL must be different from URL");
      }
    }
    var audiences = texts(issuer, "/audiences");
    if (audiences.isEmpty() || audiences.contains("")) {
      throw new IllegalArgumentException(
          at
              + ".issuer.audiences: Required value: at least one jwt[0].issuer.audiences is required"
                  .replace("jwt[0]", "jwt[]"));
    }
    var policy = text(issuer, "/audienceMatchPolicy");
    if (!policy.isEmpty() && !policy.equals("MatchAny")
        || audiences.size() > 1 && policy.isEmpty()) {
      throw new IllegalArgumentException(
          at + ".issuer.audienceMatchPolicy: must be MatchAny for multiple audiences");
    }
    if (issuer.hasNonNull("egressSelectorType")) {
      throw new IllegalArgumentException(
          at + ".issuer.egressSelectorType: egress selection is not supported");
    }
    var authority = text(issuer, "/certificateAuthority");
    IssuerConnection.checkAuthority(authority, at + ".issuer.certificateAuthority");
    return new JwtIssuer(
        url,
        discovery,
        authority,
        audiences,
        Claims.of(jwt, at),
        EnumSet.allOf(JwsAlgorithm.class));
  }

  private static void requireHttps(String url, String at) {
    if (url.isEmpty()) {
      throw new IllegalArgumentException(at + ": Required value: URL is required");
    }
    try {
      var parsed = URI.create(url);
      if ("https".equals(parsed.getScheme())
          && parsed.getHost() != null
          && parsed.getUserInfo() == null
          && parsed.getQuery() == null
          && parsed.getFragment() == null) {
        return;
      }
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(at + ": Invalid value: \"" + url + "\"", malformed);
    }
    throw new IllegalArgumentException(
        at
            + ": Invalid value: \""
            + url
            + "\": URL scheme must be https, without user, query and fragment");
  }

  /** Where the document is that names the keys. */
  String document() {
    return discovery.isEmpty()
        ? url.replaceAll("/$", "") + "/.well-known/openid-configuration"
        : discovery;
  }
}
