package io.jkube.apiserver.admission.podsecurity;

import static io.jkube.registry.Tree.text;

import io.jkube.apiserver.storage.SettledKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells whoever makes a namespace stricter which of its pods would not be let in any more. */
record ExistingPods(SettledKind pods) {
  private static final int MAX_PODS = 3000;

  List<String> violating(String namespace, LevelVersion standard) {
    var all = pods.list(namespace);
    var byReasons = new TreeMap<String, TreeSet<String>>();
    for (var pod : all.subList(0, Math.min(MAX_PODS, all.size()))) {
      var broken = Standards.check(PodView.of(pod.tree()), standard);
      if (!broken.isEmpty()) {
        byReasons
            .computeIfAbsent(Finding.reasons(broken), any -> new TreeSet<>())
            .add(text(pod.tree(), "/metadata/name"));
      }
    }
    var warnings = new ArrayList<String>();
    if (all.size() > MAX_PODS) {
      warnings.add(
          "new PodSecurity enforce level only checked against the first %d of %d existing pods"
              .formatted(MAX_PODS, all.size()));
    }
    if (!byReasons.isEmpty()) {
      warnings.add(
          "existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"%s\""
              .formatted(namespace, standard));
    }
    byReasons.entrySet().stream()
        .map(each -> named(each.getValue()) + ": " + each.getKey())
        .sorted()
        .forEach(warnings::add);
    return warnings;
  }

  private static String named(TreeSet<String> pods) {
    int others = pods.size() - 1;
    return switch (others) {
      case 0 -> pods.first();
      case 1 -> pods.first() + " (and 1 other pod)";
      default -> pods.first() + " (and " + others + " other pods)";
    };
  }
}
