package io.jkube.registry.crd;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a CustomResourceDefinition must be like, as upstream's validation words it. */
final class CrdRules {
  private static final String APPROVAL = "api-approved.kubernetes.io";
  private static final Pattern PROTECTED = Pattern.compile("(.*\\.)?(k8s|kubernetes)\\.io");

  private final Violations violations;
  private final Rules rules;

  CrdRules(Violations violations) {
    this.violations = violations;
    this.rules = new Rules(violations);
  }

  void validate(ObjectNode crd) {
    var spec = crd.path("spec");
    var group = text(spec, "/group");
    var plural = text(spec, "/names/plural");
    var name = text(crd, "/metadata/name");
    if (!name.equals(plural + "." + group)) {
      violations.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
    }
    approval(crd, group);
    group(group);
    if (rules.required(spec, "scope", "spec")) {
      rules.oneOf(spec, "scope", "spec", List.of("Cluster", "Namespaced"));
    }
    if (spec.path("preserveUnknownFields").asBoolean()) {
      violations.invalid(
          "spec.preserveUnknownFields",
          spec.get("preserveUnknownFields"),
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
              + " spec.versions[*].schema instead");
    }
    versions(spec);
    names(spec.path("names"), "spec.names");
    conversion(spec.path("conversion"));
    storedVersions(crd, violations);
  }

  private void approval(ObjectNode crd, String group) {
    if (!PROTECTED.matcher(group).matches()) {
      return;
    }
    var path = "metadata.annotations[" + APPROVAL + "]";
    var approved = crd.at("/metadata/annotations").path(APPROVAL).asText();
    var see = "see https://github.com/kubernetes/enhancements/pull/1111";
    if (approved.isEmpty()) {
      violations.required(
          path, "protected groups must have approval annotation \"" + APPROVAL + "\", " + see);
    } else if (!approved.startsWith("unapproved") && !approved.matches("https?://[^/]+.*")) {
      violations.invalid(
          path,
          approved,
          "protected groups must have approval annotation \""
              + APPROVAL
              + "\" with either a URL or a reason starting with \"unapproved\", "
              + see);
    }
  }

  private void group(String group) {
    if (group.isEmpty()) {
      violations.required("spec.group", "");
      return;
    }
    NameRule.DNS_SUBDOMAIN
        .violations(group)
        .forEach(why -> violations.invalid("spec.group", group, why));
    if (!group.contains(".")) {
      violations.invalid("spec.group", group, "should be a domain with at least one dot");
    }
  }

  private void versions(JsonNode spec) {
    var versions = objects(spec, "/versions");
    var parts = CrdParts.of(versions);
    var seen = new HashSet<String>();
    int stored = 0;
    for (int i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      var at = "spec.versions[" + i + "]";
      var name = text(version, "/name");
      if (!seen.add(name)) {
        violations.invalid(
            "spec.versions", spec.get("versions"), "must contain unique version names");
      }
      stored += version.path("storage").asBoolean() ? 1 : 0;
      NameRule.DNS_1035_LABEL
          .violations(name)
          .forEach(why -> violations.invalid(at + ".name", name, why));
      new CrdVersionRules(violations, parts, i).validate(version);
    }
    if (stored != 1) {
      violations.invalid(
          "spec.versions",
          spec.path("versions"),
          "must have exactly one version marked as storage version");
    }
  }

  private void names(JsonNode names, String at) {
    for (var field : List.of("plural", "singular", "kind", "listKind")) {
      var name = text(names, "/" + field);
      boolean kind = field.toLowerCase(Locale.ROOT).endsWith("kind");
      var judged = kind ? name.toLowerCase(Locale.ROOT) : name;
      if (name.isEmpty()) {
        violations.required(at + "." + field, "");
      } else {
        for (var why : NameRule.DNS_1035_LABEL.violations(judged)) {
          var text = kind ? "may have mixed case, but should otherwise match: " + why : why;
          violations.invalid(at + "." + field, name, text);
        }
      }
    }
    for (var list : List.of("shortNames", "categories")) {
      var words = texts(names, "/" + list);
      for (int i = 0; i < words.size(); i++) {
        var path = at + "." + list + "[" + i + "]";
        var word = words.get(i);
        NameRule.DNS_1035_LABEL
            .violations(word)
            .forEach(why -> violations.invalid(path, word, why));
      }
    }
    var listKind = text(names, "/listKind");
    if (!listKind.isEmpty() && listKind.equals(text(names, "/kind"))) {
      violations.invalid(at + ".listKind", listKind, "kind and listKind may not be the same");
    }
  }

  private void conversion(JsonNode conversion) {
    rules.oneOf(conversion, "strategy", "spec.conversion", List.of("None", "Webhook"));
    boolean webhook = text(conversion, "/strategy").equals("Webhook");
    if (!webhook && conversion.path("webhook").isObject()) {
      violations.forbidden(
          "spec.conversion.webhook", "should not be set when strategy is not set to Webhook");
    }
    if (!webhook) {
      return;
    }
    var client = conversion.at("/webhook/clientConfig");
    if (!client.isObject()) {
      violations.required(
          "spec.conversion.webhook.clientConfig", "required when strategy is set to Webhook");
    } else if (client.hasNonNull("url") == client.path("service").isObject()) {
      violations.required(
          "spec.conversion.webhook.clientConfig", "exactly one of url or service is required");
    }
    var versions = texts(conversion, "/webhook/conversionReviewVersions");
    var at = "spec.conversion.webhook.conversionReviewVersions";
    if (versions.isEmpty()) {
      violations.required(at, "");
    } else if (!versions.contains("v1") && !versions.contains("v1beta1")) {
      violations.invalid(
          at,
          conversion.at("/webhook/conversionReviewVersions"),
          "must include at least one of v1, v1beta1");
    }
  }

  /** Objects may stand in the store in every version named here. */
  static void storedVersions(ObjectNode crd, Violations violations) {
    var known = new HashSet<String>();
    var current = "";
    for (var version : objects(crd, "/spec/versions")) {
      known.add(text(version, "/name"));
      current = version.path("storage").asBoolean() ? text(version, "/name") : current;
    }
    var stored = texts(crd, "/status/storedVersions");
    if (stored.isEmpty()) {
      violations.invalid(
          "status.storedVersions",
          crd.at("/status/storedVersions"),
          "must have at least one stored version");
    }
    for (int i = 0; i < stored.size(); i++) {
      if (!known.contains(stored.get(i))) {
        violations.invalid(
            "status.storedVersions[" + i + "]",
            stored.get(i),
            "missing from spec.versions; "
                + stored.get(i)
                + " was previously a storage version, and must remain in spec.versions until a"
                + " storage migration ensures no data remains persisted in "
                + stored.get(i)
                + " and removes "
                + stored.get(i)
                + " from status.storedVersions");
      }
    }
    if (!current.isEmpty() && !stored.isEmpty() && !stored.contains(current)) {
      violations.invalid(
          "status.storedVersions",
          crd.at("/status/storedVersions"),
          "must have the storage version " + current);
    }
  }

  /** What stays as it is once objects may have been made. */
  static void unchanged(ObjectNode updated, ObjectNode current, Violations violations) {
    var after = updated.path("spec");
    var before = current.path("spec");
    var rules = new Rules(violations);
    rules.immutable(after, before, "group", "spec");
    rules.immutable(after.path("names"), before.path("names"), "plural", "spec.names");
    if (CrdConditions.is(current, CrdConditions.ESTABLISHED)) {
      rules.immutable(after, before, "scope", "spec");
      rules.immutable(after.path("names"), before.path("names"), "kind", "spec.names");
    }
  }
}
