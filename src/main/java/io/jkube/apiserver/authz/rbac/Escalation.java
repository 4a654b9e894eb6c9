package io.jkube.apiserver.authz.rbac;

import io.jkube.apiserver.request.UserInfo;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Nobody may give rights they do not have ("Privilege escalation prevention and bootstrapping").
 */
public record Escalation(Policies policies) {
  /** Why the user may not hand out these rules in this namespace; empty when they may. */
  public Optional<String> refusal(UserInfo user, String namespace, List<Rule> rules) {
    if (user.groups().contains(UserInfo.MASTERS)) {
      return Optional.empty();
    }
    var missing = Coverage.missing(policies.rulesFor(user, namespace), rules);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    var texts = new TreeSet<String>();
    Coverage.compact(missing).forEach(rule -> texts.add(Coverage.text(rule)));
    var groups =
        user.groups().stream().map(each -> '"' + each + '"').collect(Collectors.joining(" "));
    return Optional.of(
        "user \"%s\" (groups=[%s]) is attempting to grant RBAC permissions not currently held:\n%s"
            .formatted(user.name(), groups, String.join("\n", texts)));
  }

  /** {@link #refusal} for the rules of a role. */
  public Optional<String> refusal(
      UserInfo user, String namespace, String roleKind, String roleName) {
    var rules =
        policies
            .newestRulesOf(roleKind, roleName, namespace)
            .orElseThrow(() -> Policies.missing(roleKind, roleName));
    return refusal(user, namespace, rules);
  }
}
