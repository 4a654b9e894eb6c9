package io.jkube.apiserver.admission.podsecurity;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule that a pod breaks, in upstream's words.
 *
 * @param detail who breaks it
 */
record Finding(String reason, String detail) {
  /** {@code privileged (container "c" must not ...), hostPort (...)}. */
  static String details(List<Finding> findings) {
    return findings.stream()
        .map(each -> each.reason + " (" + each.detail + ")")
        .collect(Collectors.joining(", "));
  }

  static String reasons(List<Finding> findings) {
    return findings.stream().map(Finding::reason).collect(Collectors.joining(", "));
  }

  /** {@code container "a"}, {@code containers "a", "b"}. */
  static String containers(Collection<String> names) {
    return counted("container", names) + " " + quoted(names);
  }

  /** The word, with an s where there is not one. */
  static String counted(String word, Collection<String> things) {
    return things.size() == 1 ? word : word + "s";
  }

  static String uses(Collection<String> users) {
    return users.size() == 1 ? "uses" : "use";
  }

  static String quoted(Collection<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }
}
