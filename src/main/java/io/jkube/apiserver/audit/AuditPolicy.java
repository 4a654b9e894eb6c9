package io.jkube.apiserver.audit;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import io.jkube.apiserver.authz.Attributes;
import io.jkube.apiserver.negotiate.Yaml;
import io.jkube.apiserver.request.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A {@code Policy} of {@code audit.k8s.io/v1}: the first rule that matches a request counts. */
public final class AuditPolicy {
  private final List<AuditRule> rules;
  private final Set<Stage> omitStages;

  private AuditPolicy(List<AuditRule> rules, Set<Stage> omitStages) {
    this.rules = rules;
    this.omitStages = omitStages;
  }

  /**
   * Reads a file in YAML or JSON.
   *
   * @throws IllegalArgumentException what is wrong with it
   */
  public static AuditPolicy parse(String text) {
    var root = Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
    if (!text(root, "/kind").equals("Policy")
        || !text(root, "/apiVersion").equals("audit.k8s.io/v1")) {
      throw new IllegalArgumentException("it must be a Policy of audit.k8s.io/v1");
    }
    var rules = objects(root, "/rules").stream().map(AuditRule::of).toList();
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a policy without rules notes nothing");
    }
    return new AuditPolicy(rules, Stage.of(texts(root, "/omitStages")));
  }

  /** What is noted of one request. */
  record Decision(Level level, Set<Stage> omitted) {}

  Decision of(UserInfo user, Attributes what) {
    for (var rule : rules) {
      if (rule.matches(user, what)) {
        var omitted = EnumSet.noneOf(Stage.class);
        omitted.addAll(omitStages);
        omitted.addAll(rule.omitStages());
        return new Decision(rule.level(), omitted);
      }
    }
    return new Decision(Level.NONE, Set.of());
  }
}
