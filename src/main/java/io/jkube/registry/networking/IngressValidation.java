package io.jkube.registry.networking;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Addresses;
import io.jkube.registry.validation.Rules;
import java.util.List;
import java.util.regex.Pattern;

/** What an ingress must be like. */
final class IngressValidation {
  private static final String WILDCARD =
      "\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final Pattern WILDCARD_PATTERN = Pattern.compile(WILDCARD);
  private static final String WILDCARD_RULE =
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which"
          + " must consist of lower case alphanumeric characters, '-' or '.' and end with an"
          + " alphanumeric character (e.g. '*.example.com', regex used for validation is '"
          + WILDCARD
          + "')";
  private static final List<String> PATH_TYPES =
      List.of("Exact", "ImplementationSpecific", "Prefix");
  private static final List<String> FORBIDDEN_IN_PATHS = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> FORBIDDEN_ENDS = List.of("/..", "/.");

  private IngressValidation() {}

  static void validate(JsonNode spec, Violations violations) {
    var rules = objects(spec, "/rules");
    if (rules.isEmpty() && !spec.hasNonNull("defaultBackend")) {
      violations.invalid(
          "spec", spec.get("rules"), "either `defaultBackend` or `rules` must be specified");
    }
    if (spec.hasNonNull("defaultBackend")) {
      backend(spec.path("defaultBackend"), "spec.defaultBackend", violations);
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), "spec.rules[" + i + "]", violations);
    }
    tls(objects(spec, "/tls"), violations);
    new Rules(violations).optionalName(spec, "ingressClassName", "spec", NameRule.DNS_SUBDOMAIN);
  }

  private static void rule(ObjectNode rule, String at, Violations violations) {
    var host = text(rule, "/host");
    if (!host.isEmpty()) {
      if (Addresses.isAddress(host)) {
        violations.invalid(at + ".host", host, "must be a DNS name, not an IP address");
      }
      host(host, at + ".host", violations);
    }
    if (!rule.path("http").isObject()) {
      return;
    }
    var paths = objects(rule, "/http/paths");
    if (paths.isEmpty()) {
      violations.required(at + ".http.paths", "");
    }
    for (int i = 0; i < paths.size(); i++) {
      path(paths.get(i), at + ".http.paths[" + i + "]", violations);
    }
  }

  private static void host(String host, String at, Violations violations) {
    if (!host.contains("*")) {
      NameRule.DNS_SUBDOMAIN.violations(host).forEach(why -> violations.invalid(at, host, why));
    } else if (!WILDCARD_PATTERN.matcher(host).matches()) {
      violations.invalid(at, host, WILDCARD_RULE);
    }
  }

  private static void path(ObjectNode entry, String at, Violations violations) {
    var path = text(entry, "/path");
    switch (text(entry, "/pathType")) {
      case "" -> {
        violations.required(at + ".pathType", "pathType must be specified");
        return;
      }
      case "Exact", "Prefix" -> plainPath(path, at + ".path", violations);
      case "ImplementationSpecific" -> {
        if (!path.isEmpty() && !path.startsWith("/")) {
          violations.invalid(at + ".path", path, "must be an absolute path");
        }
      }
      case String other -> violations.notSupported(at + ".pathType", other, PATH_TYPES);
    }
    backend(entry.path("backend"), at + ".backend", violations);
  }

  private static void plainPath(String path, String at, Violations violations) {
    if (!path.startsWith("/")) {
      violations.invalid(at, path, "must be an absolute path");
    }
    for (var sequence : FORBIDDEN_IN_PATHS) {
      if (path.contains(sequence)) {
        violations.invalid(at, path, "must not contain '" + sequence + "'");
      }
    }
    for (var end : FORBIDDEN_ENDS) {
      if (path.endsWith(end)) {
        violations.invalid(at, path, "cannot end with '" + end + "'");
      }
    }
  }

  private static void backend(JsonNode backend, String at, Violations violations) {
    var rules = new Rules(violations);
    boolean service = backend.hasNonNull("service");
    boolean resource = backend.hasNonNull("resource");
    if (service && resource) {
      violations.invalid(at, "", "cannot set both resource and service backends");
    } else if (resource) {
      rules.required(backend.path("resource"), "kind", at + ".resource");
      rules.required(backend.path("resource"), "name", at + ".resource");
    } else if (service) {
      rules.name(backend.path("service"), "name", at + ".service", NameRule.DNS_1035_LABEL);
      port(backend.path("service").path("port"), at, violations);
    } else {
      violations.invalid(at, "", "resource or service backend is required");
    }
  }

  private static void port(JsonNode port, String at, Violations violations) {
    var name = text(port, "/name");
    boolean numbered = port.path("number").asInt() != 0;
    if (!name.isEmpty() && numbered) {
      violations.invalid(at, "", "cannot set both port name & port number");
    } else if (!name.isEmpty()) {
      Rules.portNameViolations(name)
          .forEach(why -> violations.invalid(at + ".service.port.name", name, why));
    } else if (numbered) {
      new Rules(violations).port(port.path("number"), at + ".service.port.number");
    } else {
      violations.required(at, "port name or number is required");
    }
  }

  private static void tls(List<ObjectNode> entries, Violations violations) {
    for (int i = 0; i < entries.size(); i++) {
      var hosts = texts(entries.get(i), "/hosts");
      for (int j = 0; j < hosts.size(); j++) {
        host(hosts.get(j), "spec.tls[" + i + "].hosts[" + j + "]", violations);
      }
      new Rules(violations)
          .optionalName(
              entries.get(i), "secretName", "spec.tls[" + i + "]", NameRule.DNS_SUBDOMAIN);
    }
  }
}
