package io.jkube.apiserver.authn.oidc;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.request.UserInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an issuer's claims must be, and how they become a user.
 *
 * @param extra mappings by key
 */
record Claims(
    List<ClaimRule> rules,
    ClaimMapping username,
    ClaimMapping groups,
    ClaimMapping uid,
    Map<String, ClaimMapping> extra,
    List<ClaimRule> userRules) {
  private static final Set<String> MAPPINGS = Set.of("username", "groups", "uid", "extra");
  private static final Pattern EXTRA_KEY =
      Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[a-z0-9._~!$&'()*+,;=:@/%-]+");

  Claims {
    rules = List.copyOf(rules);
    extra = Map.copyOf(extra);
    userRules = List.copyOf(userRules);
  }

  static Claims of(ObjectNode jwt, String at) {
    var mappings = jwt.path("claimMappings");
    var here = at + ".claimMappings";
    ConfigFields.known(mappings, here, MAPPINGS);
    var claims =
        new Claims(
            ClaimRule.ofClaims(objects(jwt, "/claimValidationRules"), at + ".claimValidationRules"),
            ClaimMapping.prefixed(mappings.path("username"), here + ".username", true),
            ClaimMapping.prefixed(mappings.path("groups"), here + ".groups", false),
            ClaimMapping.plain(mappings.path("uid"), here + ".uid"),
            extra(objects(mappings, "/extra"), here + ".extra"),
            ClaimRule.ofUser(objects(jwt, "/userValidationRules"), at + ".userValidationRules"));
    claims.requireVerifiedEmail(here);
    return claims;
  }

  private static Map<String, ClaimMapping> extra(List<ObjectNode> entries, String at) {
    var extra = new LinkedHashMap<String, ClaimMapping>();
    for (var each : entries) {
      var here = at + "[" + extra.size() + "]";
      ConfigFields.known(each, here, Set.of("key", "valueExpression"));
      var key = text(each, "/key");
      if (!EXTRA_KEY.matcher(key).matches()) {
        throw new IllegalArgumentException(
            here
                + ".key: Invalid value: \""
                + key
                + "\": must be a lower case domain-prefixed path");
      }
      var domain = key.substring(0, key.indexOf('/'));
      if ((domain + ".").endsWith("k8s.io.") || (domain + ".").endsWith("kubernetes.io.")) {
        throw new IllegalArgumentException(
            here + ".key: Invalid value: \"" + key + "\": k8s.io and kubernetes.io are reserved");
      }
      var mapping = ClaimMapping.expression(text(each, "/valueExpression"), here);
      if (extra.put(key, mapping) != null) {
        throw new IllegalArgumentException(here + ".key: Duplicate value: \"" + key + "\"");
      }
    }
    return extra;
  }

  /** An address that nobody has shown to be theirs must not become a name. */
  private void requireVerifiedEmail(String at) {
    boolean verified =
        Stream.concat(
                Stream.concat(Stream.of(username), extra.values().stream())
                    .map(ClaimMapping::source),
                rules.stream().map(ClaimRule::source))
            .anyMatch(source -> source.contains("claims.email_verified"));
    if (username.source().matches("(?s).*claims\\.email\\b(?!_).*") && !verified) {
      throw new IllegalArgumentException(
          at
              + ".username.expression: claims.email_verified must be used in"
              + " claimMappings.username.expression or claimMappings.extra[*].valueExpression or"
              + " claimValidationRules[*].expression when claims.email is used in"
              + " claimMappings.username.expression");
    }
  }

  /**
   * @throws ClaimRefusal a rule does not hold
   * @throws io.jkube.registry.cel.CelProblem an expression fails
   */
  UserInfo user(ObjectNode claims) {
    rules.forEach(rule -> rule.require(claims));
    var name = username.one(claims);
    if (name.isEmpty()) {
      throw new ClaimRefusal("the username is empty");
    }
    if (username.isEmailClaim()
        && claims.has("email_verified")
        && !claims.path("email_verified").asBoolean()) {
      throw new ClaimRefusal("email not verified");
    }
    var user = new UserInfo(name, uid.one(claims), groups.all(claims), extra(claims));
    var view = view(user);
    userRules.forEach(rule -> rule.require(view));
    return user;
  }

  private Map<String, List<String>> extra(ObjectNode claims) {
    var values = new HashMap<String, List<String>>();
    extra.forEach(
        (key, mapping) -> {
          var all = mapping.all(claims);
          if (!all.isEmpty()) {
            values.put(key, all);
          }
        });
    var id = claims.path("jti").asText();
    if (!id.isEmpty()) {
      values.put("authentication.kubernetes.io/credential-id", List.of("JTI=" + id));
    }
    return values;
  }

  private static JsonNode view(UserInfo user) {
    var view = Json.object().put("username", user.name()).put("uid", user.uid());
    view.set("groups", Json.MAPPER.valueToTree(user.groups()));
    view.set("extra", Json.MAPPER.valueToTree(user.extra()));
    return view;
  }
}
