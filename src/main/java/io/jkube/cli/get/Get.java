package io.jkube.cli.get;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.print.OutputFlags;
import io.jkube.cli.resource.FileFlags;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.ResourceArguments;
import io.jkube.cli.resource.SelectionFlags;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one or many objects. */
@CommandLine.Command(
    description = "Display one or many objects, of any kind the server serves.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube get pods                           pods of the current namespace",
      "  jkube get pods -A -o wide                of all namespaces, with node and address",
      "  jkube get pod web -o yaml                one pod, whole",
      "  jkube get pods,services -l app=web       two kinds, by label",
      "  jkube get pods --field-selector status.phase=Running --sort-by .metadata.name",
      "  jkube get pods -w                        and go on with changes until Ctrl-C",
      "  jkube get pods -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'",
      "  jkube get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:everything asked for was found", "1:something was not, or an error"})
public final class Get implements Command {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();
  @Mixin SelectionFlags selection = new SelectionFlags();
  @Mixin OutputFlags output = new OutputFlags();
  @Mixin FileFlags files = new FileFlags();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Option(
      names = {"-w", "--watch"},
      description = "After listing, go on with changes.")
  boolean watch;

  @Option(names = "--watch-only", description = "Only changes, without listing first.")
  boolean watchOnly;

  @Option(names = "--output-watch-events", description = "With the type of each change.")
  boolean watchEvents;

  @Option(
      names = "--sort-by",
      paramLabel = "JSONPATH",
      description = "Sort by this field, such as .metadata.creationTimestamp.")
  String sortBy = "";

  @Option(names = "--no-headers", description = "No line of column names.")
  boolean noHeaders;

  @Option(names = "--show-labels", description = "A last column with all labels.")
  boolean showLabels;

  @Option(names = "--show-kind", description = "The kind before each name.")
  boolean showKind;

  @Option(
      names = {"-L", "--label-columns"},
      split = ",",
      paramLabel = "KEY",
      description = "A column for each of these labels.")
  List<String> labelColumns = new ArrayList<>();

  @Option(names = "--ignore-not-found", description = "What does not exist is no error.")
  boolean ignoreNotFound;

  @Option(
      names = "--chunk-size",
      paramLabel = "N",
      description = "Ask for large lists in pieces of so many; 0 for all at once; default: 500.")
  int chunkSize = 500;

  @Option(
      names = "--subresource",
      paramLabel = "NAME",
      description = "This subresource of the object, such as status.")
  String subresource = "";

  @Option(
      names = "--raw",
      paramLabel = "PATH",
      description = "Only what the server answers at this path.")
  String raw = "";

  @Parameters(paramLabel = "TYPE [NAME...] | TYPE/NAME", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) throws InterruptedException {
    if (!raw.isEmpty()) {
      validateRaw();
      return new RawGet(raw).run(context);
    }
    validate(context);
    var request = GetRequest.of(this, context);
    if (watch || watchOnly) {
      return new Watching(request).run();
    }
    return output.isHuman() ? new TableListing(request).run() : new ObjectListing(request).run();
  }

  private void validateRaw() {
    if (!arguments.isEmpty() || !files.isEmpty()) {
      throw new CommandFailure("arguments may not be passed when --raw is specified");
    }
    if (watch || watchOnly || selection.hasLabels()) {
      throw new CommandFailure(
          "--raw may not be specified with other flags that filter the server request or alter the"
              + " output");
    }
    if (!output.format().isEmpty()) {
      throw new CommandFailure("--raw and --output are mutually exclusive");
    }
    if (!raw.startsWith("/")) {
      throw new CommandFailure(
          "--raw must be a valid URL path: parse \"" + raw + "\": invalid URI for request");
    }
  }

  private void validate(CommandContext context) {
    if (arguments.isEmpty() && files.isEmpty()) {
      context.err().println(ResourceArguments.NO_TYPE.formatted("get") + "\n");
      throw CommandFailure.usage("Required resource not specified.", "get");
    }
    if (!arguments.isEmpty() && !files.isEmpty()) {
      throw new CommandFailure(
          "when paths, URLs, or stdin is provided as input, you may not specify resource arguments"
              + " as well");
    }
    if (showLabels && !output.isHuman()) {
      throw new CommandFailure(
          "--show-labels option cannot be used with " + output.format() + " printer");
    }
    if (watchEvents && !watch && !watchOnly) {
      throw new CommandFailure(
          "--output-watch-events option can only be used with --watch or --watch-only");
    }
  }
}
