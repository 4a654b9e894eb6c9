package io.jkube.apiserver.discovery;

import io.jkube.registry.apiregistration.GroupPriorities;
import io.jkube.registry.crd.CustomResources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which order groups and their versions are told, where other servers serve some of them. */
final class GroupOrder {
  private GroupOrder() {}

  /** A group with its highest priority, or a version with its own. */
  private record Ranked(String name, int priority) {}

  /**
   * @param local what is served here, in order
   */
  static Map<String, Set<String>> merged(
      Map<String, Set<String>> local, List<OtherVersion> others) {
    var groups = new LinkedHashMap<String, Integer>();
    local.keySet().forEach(group -> groups.put(group, GroupPriorities.ofGroup(group)));
    others.forEach(other -> groups.merge(other.group(), other.groupPriority(), Math::max));
    var merged = new LinkedHashMap<String, Set<String>>();
    groups.entrySet().stream()
        .map(entry -> new Ranked(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Ranked::priority).reversed())
        .forEach(
            group ->
                merged.put(
                    group.name(),
                    versions(group.name(), local.getOrDefault(group.name(), Set.of()), others)));
    return merged;
  }

  private static Set<String> versions(String group, Set<String> local, List<OtherVersion> others) {
    var elsewhere = others.stream().filter(other -> other.group().equals(group)).toList();
    if (elsewhere.isEmpty()) {
      return local;
    }
    var ranked = new ArrayList<Ranked>();
    for (var other : elsewhere) {
      ranked.add(new Ranked(other.version(), other.versionPriority()));
    }
    for (var version : local) {
      if (elsewhere.stream().noneMatch(other -> other.version().equals(version))) {
        ranked.add(new Ranked(version, GroupPriorities.ofVersion(group, version)));
      }
    }
    ranked.sort(
        Comparator.comparingInt(Ranked::priority)
            .reversed()
            .thenComparing(Ranked::name, CustomResources.NEWEST_FIRST));
    var ordered = new LinkedHashSet<String>();
    ranked.forEach(version -> ordered.add(version.name()));
    return ordered;
  }
}
