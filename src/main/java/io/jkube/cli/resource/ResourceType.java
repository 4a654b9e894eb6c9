package io.jkube.cli.resource;

import io.jkube.api.GroupVersionResource;
import java.util.List;
import java.util.Locale;

/** One resource as the server's discovery describes it. */
public record ResourceType(
    GroupVersionResource resource,
    String singular,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> verbs,
    List<String> categories) {
  public ResourceType {
    shortNames = List.copyOf(shortNames);
    verbs = List.copyOf(verbs);
    categories = List.copyOf(categories);
  }

  /** {@code pod}, {@code deployment.apps}: how messages and {@code -o name} call the kind. */
  public String qualifiedKind() {
    var lower = kind.toLowerCase(Locale.ROOT);
    return resource.group().isEmpty() ? lower : lower + "." + resource.group();
  }

  /** The path of the collection; of all namespaces when {@code namespace} is empty. */
  public String path(String namespace) {
    return resource.path(namespaced ? namespace : "");
  }

  /** Whether somebody who typed this word may mean this resource, whatever its group. */
  boolean isCalled(String typed) {
    return resource.resource().equals(typed)
        || singular.equals(typed)
        || shortNames.contains(typed)
        || kind.toLowerCase(Locale.ROOT).equals(typed);
  }
}
