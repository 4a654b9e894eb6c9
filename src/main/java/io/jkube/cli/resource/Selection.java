package io.jkube.cli.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Single objects that arguments, selectors or manifests mean: what delete, wait and describe work
 * on.
 */
public final class Selection {
  private final CommandContext context;
  private final Discovery discovery;

  /**
   * One object.
   *
   * @param source the manifest it was named by; empty for none
   * @param object as a listing showed it; null when only the name is known
   */
  public record Chosen(Target target, String namespace, String source, ObjectNode object) {}

  public Selection(CommandContext context) {
    this.context = context;
    this.discovery = new Discovery(context.transport());
  }

  public Discovery discovery() {
    return discovery;
  }

  /**
   * The objects that {@code TYPE NAME...}, {@code TYPE/NAME}, or {@code TYPE} with a selector mean.
   *
   * @param namespace empty for all
   * @param all a type without name or selector means all its objects
   */
  public List<Chosen> byArguments(
      List<String> arguments, String namespace, SelectionFlags selection, boolean all) {
    var chosen = new ArrayList<Chosen>();
    for (var target : new ResourceArguments(discovery).read(arguments)) {
      if (!target.isCollection()) {
        selection.refuseBesideName(target, arguments, namespace, all);
        chosen.add(new Chosen(target, namespace, "", null));
      } else if (selection.isEmpty() && !all) {
        throw new CommandFailure("resource(s) were provided, but no name was specified");
      } else {
        chosen.addAll(list(target, namespace, selection.query()));
      }
    }
    return chosen;
  }

  /** The objects of a collection. */
  public List<Chosen> list(Target target, String namespace, Map<String, String> query) {
    return new ResourceApi(context.transport())
        .list(target, namespace, query).stream()
            .map(
                item ->
                    new Chosen(
                        new Target(target.type(), item.path("metadata").path("name").asText()),
                        item.path("metadata").path("namespace").asText(),
                        "",
                        item))
            .toList();
  }

  /** The objects that manifests name; {@code namespace} is for those that name none. */
  public List<Chosen> byManifests(FileFlags files, String namespace) throws InterruptedException {
    return Manifests.read(files, context).stream()
        .map(
            manifest ->
                new Chosen(
                    new Target(discovery.of(manifest), manifest.name()),
                    manifest.namespace().isEmpty() ? namespace : manifest.namespace(),
                    manifest.source(),
                    null))
        .toList();
  }
}
