package io.jkube.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.cli.command.CommandFailure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The containers of a pod, and which of them is meant when none is named. */
public record PodContainers(JsonNode pod) {
  private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

  /** Init containers first, as they ran first. */
  public List<String> names() {
    var names = new ArrayList<String>();
    for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
      names.addAll(names(list));
    }
    return names;
  }

  /** All names as messages list them. */
  public String listed() {
    var names = new ArrayList<>(names("containers"));
    names("ephemeralContainers").forEach(name -> names.add(name + " (ephem)"));
    names("initContainers").forEach(name -> names.add(name + " (init)"));
    return String.join(", ", names);
  }

  /**
   * The one that the pod itself names, else the first.
   *
   * @param told learns which one was taken where there are several; null to keep quiet
   */
  public String preferred(PrintStream told) {
    var named = pod.path("metadata").path("annotations").path(DEFAULT_CONTAINER).asText();
    if (names().contains(named)) {
      return named;
    }
    if (names("containers").isEmpty()) {
      throw new CommandFailure("pod " + pod.at("/metadata/name").asText() + " has no containers");
    }
    var first = names("containers").getFirst();
    if (told != null && names().size() > 1) {
      told.println("Defaulted container \"%s\" out of: %s".formatted(first, listed()));
    }
    return first;
  }

  private List<String> names(String list) {
    return pod.path("spec")
        .path(list)
        .valueStream()
        .map(container -> container.path("name").asText())
        .toList();
  }
}
