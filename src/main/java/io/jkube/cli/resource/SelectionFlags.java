package io.jkube.cli.resource;

import io.jkube.cli.command.CommandFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code -l} and {@code --field-selector}: which objects of a collection. */
public final class SelectionFlags {
  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description =
          "Only objects with these labels: a=b, a!=b, a in (b,c), a, !a; comma means and.")
  private String labels;

  @Option(
      names = "--field-selector",
      paramLabel = "FIELDS",
      description = "Only objects with these fields: a=b, a!=b; comma means and.")
  private String fields;

  public boolean isEmpty() {
    return empty(labels) && empty(fields);
  }

  public boolean hasLabels() {
    return !empty(labels);
  }

  public boolean hasFields() {
    return !empty(fields);
  }

  /**
   * Refuses what makes no sense for an object that is named.
   *
   * @param arguments as typed
   * @param namespace empty for all
   * @param all whether {@code --all} was typed
   */
  public void refuseBesideName(
      Target named, List<String> arguments, String namespace, boolean all) {
    if (isEmpty() && !all) {
      if (namespace.isEmpty() && named.type().namespaced()) {
        throw new CommandFailure("a resource cannot be retrieved by name across all namespaces");
      }
      return;
    }
    boolean slashes = arguments.stream().anyMatch(argument -> argument.contains("/"));
    throw new CommandFailure(
        slashes
            ? "selectors and the all flag cannot be used when passing resource/name arguments"
            : "name cannot be provided when a selector is specified");
  }

  /** As parameters of a request. */
  public Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    if (!empty(labels)) {
      query.put("labelSelector", labels);
    }
    if (!empty(fields)) {
      query.put("fieldSelector", fields);
    }
    return query;
  }

  private static boolean empty(String text) {
    return text == null || text.isEmpty();
  }
}
