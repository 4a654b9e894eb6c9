package io.jkube.apiserver.authn.oidc;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.authn.AnonymousAccess;
import io.jkube.apiserver.authn.ApiAudience;
import io.jkube.apiserver.negotiate.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of {@code --authentication-config}.
 *
 * @param anonymous whether, and where, requests without credentials are heard
 */
public record AuthenticationConfiguration(List<JwtIssuer> issuers, AnonymousAccess anonymous) {
  private static final Set<String> VERSIONS =
      Set.of(
          "apiserver.config.k8s.io/v1",
          "apiserver.config.k8s.io/v1beta1",
          "apiserver.config.k8s.io/v1alpha1");
  private static final int MAX_ISSUERS = 64;
  private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "jwt", "anonymous");

  public AuthenticationConfiguration {
    issuers = List.copyOf(issuers);
  }

  /**
   * Reads a file in YAML or JSON.
   *
   * @throws IllegalArgumentException what is wrong with it, and where
   */
  public static AuthenticationConfiguration parse(String text) {
    var root = Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
    if (!text(root, "/kind").equals("AuthenticationConfiguration")
        || !VERSIONS.contains(text(root, "/apiVersion"))) {
      throw new IllegalArgumentException(
          "it must be an AuthenticationConfiguration of apiserver.config.k8s.io/v1 or v1beta1");
    }
    ConfigFields.known(root, "", FIELDS);
    var issuers = new ArrayList<JwtIssuer>();
    var urls = new HashSet<String>();
    var all = objects(root, "/jwt");
    if (all.size() > MAX_ISSUERS) {
      throw new IllegalArgumentException("jwt: Too many: must have at most " + MAX_ISSUERS);
    }
    for (var each : all) {
      var at = "jwt[" + issuers.size() + "]";
      var issuer = JwtIssuer.of(each, at);
      if (issuer.url().equals(ApiAudience.ISSUER)) {
        throw new IllegalArgumentException(
            at + ".issuer.url: the issuer of service accounts must not be used");
      }
      if (!urls.add(issuer.url())
          || !issuer.discovery().equals("") && !urls.add(issuer.discovery())) {
        throw new IllegalArgumentException(at + ".issuer.url: Duplicate value");
      }
      issuers.add(issuer);
    }
    return new AuthenticationConfiguration(issuers, anonymous(root));
  }

  private static AnonymousAccess anonymous(JsonNode root) {
    if (!(root.get("anonymous") instanceof ObjectNode anonymous)) {
      return AnonymousAccess.HEALTH_AND_VERSION;
    }
    ConfigFields.known(anonymous, "anonymous", Set.of("enabled", "conditions"));
    var paths =
        objects(anonymous, "/conditions").stream()
            .map(each -> text(each, "/path"))
            .collect(Collectors.toSet());
    boolean enabled = anonymous.path("enabled").asBoolean();
    if (!enabled && !paths.isEmpty()) {
      throw new IllegalArgumentException(
          "anonymous.conditions: enabled should be set to true when conditions are defined");
    }
    return AnonymousAccess.of(enabled, paths);
  }
}
