package io.jkube.registry.admissionregistration;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import io.jkube.registry.validation.Selectors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The rules of both kinds of webhook configurations. */
record WebhookStrategy(boolean mutating) implements Strategy {
  private static final int TIMEOUT_SECONDS = 10;
  private static final int MAX_TIMEOUT_SECONDS = 30;
  private static final int HTTPS_PORT = 443;
  private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");

  @Override
  public void applyDefaults(ObjectNode configuration) {
    for (var hook : objects(configuration, "/webhooks")) {
      putIfEmpty(hook, "failurePolicy", "Fail");
      putIfEmpty(hook, "matchPolicy", "Equivalent");
      child(hook, "namespaceSelector");
      child(hook, "objectSelector");
      putIfAbsent(hook, "timeoutSeconds", TIMEOUT_SECONDS);
      if (mutating) {
        putIfEmpty(hook, "reinvocationPolicy", "Never");
      }
      objects(hook, "/rules").forEach(rule -> putIfEmpty(rule, "scope", "*"));
      if (hook.at("/clientConfig/service") instanceof ObjectNode service) {
        putIfAbsent(service, "port", HTTPS_PORT);
      }
    }
  }

  @Override
  public void validate(ObjectNode configuration, Violations violations) {
    var hooks = objects(configuration, "/webhooks");
    new Rules(violations).unique(hooks, "name", "webhooks");
    for (int i = 0; i < hooks.size(); i++) {
      hook(hooks.get(i), "webhooks[" + i + "]", violations);
    }
  }

  private static void hook(ObjectNode hook, String at, Violations violations) {
    var rules = new Rules(violations);
    name(text(hook, "/name"), at + ".name", rules);
    int index = 0;
    for (var rule : objects(hook, "/rules")) {
      MatchRules.validate(
          rule, at + ".rules[" + index++ + "]", MatchRules.ALL_OPERATIONS, violations);
    }
    rules.oneOf(hook, "failurePolicy", at, List.of("Fail", "Ignore"));
    rules.oneOf(hook, "matchPolicy", at, List.of("Equivalent", "Exact"));
    rules.oneOf(hook, "reinvocationPolicy", at, List.of("IfNeeded", "Never"));
    var effects = List.of("None", "NoneOnDryRun");
    if (!hook.has("sideEffects")) {
      violations.required(at + ".sideEffects", "must specify one of None, NoneOnDryRun");
    }
    rules.oneOf(hook, "sideEffects", at, effects);
    var timeout = hook.path("timeoutSeconds").asInt();
    if (timeout < 1 || timeout > MAX_TIMEOUT_SECONDS) {
      violations.invalid(
          at + ".timeoutSeconds",
          hook.get("timeoutSeconds"),
          "the timeout value must be between 1 and 30 seconds");
    }
    Selectors.validate(hook.path("namespaceSelector"), at + ".namespaceSelector", violations);
    Selectors.validate(hook.path("objectSelector"), at + ".objectSelector", violations);
    client(hook.path("clientConfig"), at + ".clientConfig", rules);
    reviewVersions(hook, at + ".admissionReviewVersions", violations);
    if (hook.path("matchConditions").size() > 0) {
      ExpressionRules.conditions(
          hook, at + ".matchConditions", AdmissionExpressions::condition, violations);
    }
  }

  private static void name(String name, String at, Rules rules) {
    if (name.isEmpty()) {
      rules.violations().required(at, "");
      return;
    }
    NameRule.DNS_SUBDOMAIN
        .violations(name)
        .forEach(why -> rules.violations().invalid(at, name, why));
    if (name.split("\\.").length < 3) {
      rules
          .violations()
          .invalid(at, name, "should be a domain with at least three segments separated by dots");
    }
  }

  private static void client(JsonNode client, String at, Rules rules) {
    boolean url = client.hasNonNull("url");
    boolean service = client.path("service").isObject();
    if (url == service) {
      rules.violations().required(at, "exactly one of url or service is required");
    } else if (url) {
      url(text(client, "/url"), at + ".url", rules.violations());
    } else {
      rules.required(client.path("service"), "name", at + ".service");
      rules.required(client.path("service"), "namespace", at + ".service");
      rules.port(client.path("service").path("port"), at + ".service.port");
    }
  }

  private static void url(String url, String at, Violations violations) {
    try {
      var parsed = new URI(url);
      if (!"https".equals(parsed.getScheme())) {
        violations.invalid(
            at,
            parsed.getScheme() == null ? "" : parsed.getScheme(),
            "'https' is the only allowed URL scheme; desired format: https://host[/path]");
      }
      if (parsed.getHost() == null) {
        violations.invalid(at, "", "host must be specified; desired format: https://host[/path]");
      }
    } catch (URISyntaxException malformed) {
      violations.required(
          at,
          "url must be a valid URL: "
              + malformed.getReason()
              + "; desired format: https://host[/path]");
    }
  }

  private static void reviewVersions(ObjectNode hook, String at, Violations violations) {
    var versions = texts(hook, "/admissionReviewVersions");
    if (versions.isEmpty()) {
      violations.required(at, "must specify one of v1, v1beta1");
    } else if (versions.stream().noneMatch(REVIEW_VERSIONS::contains)) {
      violations.invalid(
          at, hook.get("admissionReviewVersions"), "must include at least one of v1, v1beta1");
    }
  }
}
