package io.jkube.cli.apiresources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.print.OutputFlags;
import io.jkube.cli.print.TabWriter;
import io.jkube.cli.resource.Discovery;
import io.jkube.cli.resource.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Lists the kinds that the server serves. */
@CommandLine.Command(
    description = "List the kinds of object the server serves.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube api-resources",
      "  jkube api-resources -o wide              with verbs and categories",
      "  jkube api-resources --api-group=apps --namespaced=true -o name",
    })
public final class ApiResources implements Command {
  private static final List<String> FORMATS = List.of("", "wide", "name", "json", "yaml", "kyaml");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "wide|name|json|yaml|kyaml",
      description = "wide: with verbs and categories; name: only names.")
  String output = "";

  @Option(names = "--api-group", paramLabel = "GROUP", description = "Only of this group.")
  String group;

  @Option(
      names = "--namespaced",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Only those that are, or are not, in namespaces.")
  Boolean namespaced;

  @Option(
      names = "--verbs",
      split = ",",
      paramLabel = "VERB",
      description = "Only with these verbs.")
  List<String> verbs = new ArrayList<>();

  @Option(
      names = "--categories",
      split = ",",
      paramLabel = "CATEGORY",
      description = "Only of these categories.")
  List<String> categories = new ArrayList<>();

  @Option(names = "--sort-by", paramLabel = "name|kind", description = "Default: by group.")
  String sortBy = "";

  @Option(names = "--no-headers", description = "No line of column names.")
  boolean noHeaders;

  @Override
  public int run(CommandContext context) {
    if (!FORMATS.contains(output)) {
      throw new CommandFailure(
          "unable to match a printer suitable for the output format \"%s\", allowed formats are: json,kyaml,name,wide,yaml"
              .formatted(output));
    }
    if (!List.of("", "name", "kind").contains(sortBy)) {
      throw new CommandFailure("--sort-by accepts only name or kind");
    }
    var types =
        preferred(new Discovery(context.transport()).types()).stream()
            .filter(this::isWanted)
            .sorted(order())
            .toList();
    if (output.equals("name")) {
      types.forEach(type -> context.out().println(type.resource().groupResource()));
      return ExitCode.OK;
    }
    if (!output.isEmpty() && !output.equals("wide")) {
      OutputFlags.plain(output).printer(context, true).print(list(types), context.out());
      return ExitCode.OK;
    }
    var table = new TabWriter(context.out());
    if (!noHeaders) {
      table.row(headers());
    }
    types.forEach(type -> table.row(row(type)));
    table.flush();
    return ExitCode.OK;
  }

  /** Of each resource only the version that stands first. */
  private static List<ResourceType> preferred(List<ResourceType> types) {
    var versions = new HashMap<String, String>();
    return types.stream()
        .filter(type -> !type.verbs().isEmpty() && !type.resource().resource().contains("/"))
        .filter(
            type -> {
              var version = type.resource().version();
              return versions
                  .computeIfAbsent(type.resource().groupResource(), name -> version)
                  .equals(version);
            })
        .toList();
  }

  private boolean isWanted(ResourceType type) {
    return (group == null || group.equals(type.resource().group()))
        && (namespaced == null || namespaced == type.namespaced())
        && type.verbs().containsAll(verbs)
        && type.categories().containsAll(categories);
  }

  private Comparator<ResourceType> order() {
    Comparator<ResourceType> byName = Comparator.comparing(type -> type.resource().resource());
    return switch (sortBy) {
      case "name" -> byName;
      case "kind" -> Comparator.comparing(ResourceType::kind).thenComparing(byName);
      default ->
          Comparator.comparing((ResourceType type) -> type.resource().group())
              .thenComparing(byName);
    };
  }

  private static ObjectNode list(List<ResourceType> types) {
    var list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    var resources = list.put("groupVersion", "").putArray("resources");
    for (var type : types) {
      var resource = resources.addObject().put("name", type.resource().resource());
      resource.put("singularName", type.singular()).put("namespaced", type.namespaced());
      if (!type.resource().group().isEmpty()) {
        resource.put("group", type.resource().group());
      }
      resource.put("version", type.resource().version()).put("kind", type.kind());
      texts(resource, "verbs", type.verbs());
      texts(resource, "shortNames", type.shortNames());
      texts(resource, "categories", type.categories());
    }
    return list;
  }

  private static void texts(ObjectNode resource, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      var array = resource.putArray(field);
      texts.forEach(array::add);
    }
  }

  private List<String> headers() {
    var names = new ArrayList<>(List.of("NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"));
    if (output.equals("wide")) {
      names.addAll(List.of("VERBS", "CATEGORIES"));
    }
    return names;
  }

  private List<String> row(ResourceType type) {
    var cells =
        new ArrayList<>(
            List.of(
                type.resource().resource(),
                String.join(",", type.shortNames()),
                type.resource().apiVersion(),
                Boolean.toString(type.namespaced()),
                type.kind()));
    if (output.equals("wide")) {
      cells.add(String.join(",", type.verbs()));
      cells.add(String.join(",", type.categories()));
    }
    return cells;
  }
}
