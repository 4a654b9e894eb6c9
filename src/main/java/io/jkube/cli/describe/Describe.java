package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.command.FailureText;
import io.jkube.cli.describe.section.Events;
import io.jkube.cli.describe.section.Page;
import io.jkube.cli.resource.Awaiting;
import io.jkube.cli.resource.FileFlags;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.ResourceApi;
import io.jkube.cli.resource.ResourceArguments;
import io.jkube.cli.resource.Selection;
import io.jkube.cli.resource.Selection.Chosen;
import io.jkube.cli.resource.SelectionFlags;
import io.jkube.cli.resource.Target;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows objects in detail. */
@CommandLine.Command(
    description = "Show objects in detail, with their events.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube describe pod web                   one pod",
      "  jkube describe pod we                    all pods whose names begin so",
      "  jkube describe nodes                     all nodes",
      "  jkube describe pods -l app=web           by label",
      "  jkube describe -f pod.yaml               what a file describes",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:shown", "1:something was not found, or an error"})
public final class Describe implements Command {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();
  @Mixin SelectionFlags selection = new SelectionFlags();
  @Mixin FileFlags files = new FileFlags();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Option(
      names = "--show-events",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "With events; default: true.")
  boolean showEvents = true;

  @Parameters(paramLabel = "TYPE [NAME_PREFIX] | TYPE/NAME", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  /** Whether the name typed was only the beginning of what was found. */
  private boolean byPrefix;

  @Override
  public int run(CommandContext context) throws InterruptedException {
    if (arguments.isEmpty() && files.isEmpty()) {
      throw new CommandFailure(ResourceArguments.NO_TYPE.formatted("describe"));
    }
    var failures = new ArrayList<ApiException>();
    var found = find(context, failures);
    print(found, context);
    context.out().flush();
    if (found.isEmpty() && failures.isEmpty()) {
      context
          .err()
          .println(
              allNamespaces
                  ? "No resources found"
                  : "No resources found in " + namespace.in(context) + " namespace.");
    }
    context.err().print(FailureText.of(failures));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<Chosen> find(CommandContext context, List<ApiException> failures)
      throws InterruptedException {
    var selector = new Selection(context);
    var place = allNamespaces ? "" : namespace.in(context);
    var chosen =
        files.isEmpty()
            ? selector.byArguments(arguments, place, selection, selection.isEmpty() && noNames())
            : selector.byManifests(files, place);
    var found = new ArrayList<Chosen>();
    for (var each : chosen) {
      try {
        found.add(whole(each, context));
      } catch (ApiException refused) {
        var others =
            Awaiting.isNotFound(refused) && arguments.size() == 2
                ? withPrefix(each, selector)
                : List.<Chosen>of();
        found.addAll(others);
        byPrefix |= !others.isEmpty();
        if (others.isEmpty()) {
          failures.add(refused);
        }
      }
    }
    return found;
  }

  private boolean noNames() {
    return arguments.size() == 1 && !arguments.getFirst().contains("/");
  }

  /** The objects whose names begin with the name that no object has. */
  private static List<Chosen> withPrefix(Chosen missing, Selection selector) {
    var all = new Target(missing.target().type(), "");
    return selector.list(all, missing.namespace(), Map.of()).stream()
        .filter(each -> each.target().name().startsWith(missing.target().name()))
        .map(Describe::withType)
        .toList();
  }

  private static Chosen whole(Chosen chosen, CommandContext context) {
    if (chosen.object() != null) {
      return withType(chosen);
    }
    var object = new ResourceApi(context.transport()).get(chosen.target(), chosen.namespace());
    return new Chosen(chosen.target(), chosen.namespace(), chosen.source(), object);
  }

  /** The items of a list leave out their kind, which a page may show. */
  private static Chosen withType(Chosen chosen) {
    var type = chosen.target().type();
    ObjectNode object = chosen.object().deepCopy();
    object.put("apiVersion", type.resource().apiVersion()).put("kind", type.kind());
    return new Chosen(chosen.target(), chosen.namespace(), chosen.source(), object);
  }

  private void print(List<Chosen> found, CommandContext context) {
    var lookup = new Lookup(context.transport());
    var separator = "";
    for (var each : found) {
      var page = new Page(context.clock().instant(), zone(context));
      var describer = Describers.of(each.target().type());
      describer.describe(each.object(), lookup, page);
      if (showEvents && describer.hasEvents()) {
        Events.write(lookup.events(each.object()), page);
      }
      context.out().append(separator).append(page.toString());
      separator = byPrefix ? "\n" : "\n\n";
    }
    context.out().append(byPrefix ? separator : "");
  }

  /** The user's zone, which the server's process need not share. */
  private static ZoneId zone(CommandContext context) {
    try {
      var named = context.environment().getOrDefault("TZ", "");
      return named.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(named);
    } catch (DateTimeException unknown) {
      return ZoneId.systemDefault();
    }
  }
}
