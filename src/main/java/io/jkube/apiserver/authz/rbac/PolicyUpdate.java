package io.jkube.apiserver.authz.rbac;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import java.util.Optional;

/**
 * Brings a role or binding that a cluster has back to what it must at least give. What people added
 * stays; who sets the annotation {@code autoupdate} to false is left alone ("Auto-reconciliation").
 */
public final class PolicyUpdate {
  private PolicyUpdate() {}

  /** What to write in its place; empty when it may stay. */
  public static Optional<ObjectNode> of(ObjectNode found, ObjectNode wanted) {
    if (isLeftAlone(found)) {
      return Optional.empty();
    }
    var next = found.deepCopy();
    for (var map : new String[] {"labels", "annotations"}) {
      var values = Tree.child(Tree.child(next, "metadata"), map);
      wanted.at("/metadata/" + map).properties().forEach(e -> values.set(e.getKey(), e.getValue()));
    }
    if (wanted.has("roleRef")) {
      addSubjects(next, wanted);
    } else {
      addRules(next, wanted);
    }
    return next.equals(found) ? Optional.empty() : Optional.of(next);
  }

  /**
   * Whether a binding gives another role than it has to. A binding's role never changes, so it has
   * to be made anew.
   */
  public static boolean bindsAnother(ObjectNode found, ObjectNode wanted) {
    return wanted.has("roleRef")
        && !wanted.get("roleRef").equals(found.get("roleRef"))
        && !isLeftAlone(found);
  }

  private static boolean isLeftAlone(ObjectNode found) {
    return text(found.at("/metadata/annotations"), "/" + escaped()).equals("false");
  }

  private static String escaped() {
    return BootstrapPolicy.AUTO_UPDATE.replace("/", "~1");
  }

  private static void addSubjects(ObjectNode next, ObjectNode wanted) {
    for (var subject : Tree.objects(wanted, "/subjects")) {
      if (Tree.objects(next, "/subjects").stream().noneMatch(subject::equals)) {
        next.withArray("subjects").add(subject.deepCopy());
      }
    }
  }

  /** An aggregated role's rules are its controller's. */
  private static void addRules(ObjectNode next, ObjectNode wanted) {
    if (wanted.has("aggregationRule")) {
      for (var selector : Tree.objects(wanted, "/aggregationRule/clusterRoleSelectors")) {
        var selectors = Tree.child(next, "aggregationRule").withArray("clusterRoleSelectors");
        if (!contains(selectors, selector)) {
          selectors.add(selector.deepCopy());
        }
      }
      return;
    }
    var missing = Coverage.missing(Rule.allOf(next), Rule.allOf(wanted));
    Coverage.compact(missing).forEach(rule -> next.withArray("rules").add(rule.tree()));
  }

  private static boolean contains(ArrayNode array, ObjectNode wanted) {
    for (var each : array) {
      if (each.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
