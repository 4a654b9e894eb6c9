package io.jkube.cli.delete;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.DryRun;
import io.jkube.cli.resource.FileFlags;
import io.jkube.cli.resource.GoDuration;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.ResourceArguments;
import io.jkube.cli.resource.Selection;
import io.jkube.cli.resource.SelectionFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes objects and, unless told otherwise, waits until they are gone. */
@CommandLine.Command(
    description =
        "Delete objects by manifest, by name or by selector, and wait until they are gone.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube delete pod web                     one pod, gracefully",
      "  jkube delete pod web --now               with a second of grace",
      "  jkube delete pods,services -l app=web    by label",
      "  jkube delete pods --all -n dev           all of a namespace",
      "  jkube delete -f pod.yaml                 what a file describes",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:everything asked for is deleted", "1:something is not"})
public final class Delete implements Command {
  private static final int GRACE_OF_THE_OBJECT = -1;

  @Mixin NamespaceFlag namespace = new NamespaceFlag();
  @Mixin SelectionFlags selection = new SelectionFlags();
  @Mixin FileFlags files = new FileFlags();

  @Option(names = "--all", description = "All objects of the given types.")
  boolean all;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Option(
      names = "--grace-period",
      paramLabel = "SECONDS",
      description = "How long an object may take to end; -1: as it says itself.")
  int graceSeconds = GRACE_OF_THE_OBJECT;

  @Option(names = "--now", description = "A grace of one second.")
  boolean now;

  @Option(
      names = "--force",
      description = "Remove the object at once, without waiting for its end.")
  boolean force;

  @Option(
      names = "--cascade",
      arity = "0..1",
      fallbackValue = "background",
      paramLabel = "background|foreground|orphan",
      description = "What becomes of objects that belong to it; default: background.")
  String cascade = "background";

  @Option(
      names = "--wait",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Wait until the objects are gone; default: true.")
  boolean wait = true;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "How long to wait, such as 30s; 0: as long as it takes.")
  Duration timeout = Duration.ZERO;

  @Option(
      names = "--ignore-not-found",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "What does not exist is no error.")
  boolean ignoreNotFound;

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "client",
      defaultValue = "none",
      paramLabel = "none|client|server",
      converter = DryRun.Converter.class,
      description = "client: only say what would be deleted; server: everything but deleting.")
  DryRun dryRun;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "name",
      description = "name: print only TYPE/NAME.")
  String output = "";

  @Parameters(paramLabel = "TYPE [NAME...] | TYPE/NAME", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) throws InterruptedException {
    validate();
    var propagation = propagation(cascade);
    if (cascade.equals("true") || cascade.equals("false")) {
      context
          .err()
          .println(
              "warning: --cascade=%s is deprecated (boolean value) and can be replaced with --cascade=%s."
                  .formatted(cascade, propagation.toLowerCase(Locale.ROOT)));
    }
    if (force && graceSeconds == 0) {
      context
          .err()
          .println(
              "Warning: Immediate deletion does not wait for confirmation that the running resource"
                  + " has been terminated. The resource may continue to run on the cluster"
                  + " indefinitely.");
    }
    var found = new Selection(context);
    var place = allNamespaces ? "" : namespace.in(context);
    var chosen =
        files.isEmpty()
            ? found.byArguments(arguments, place, selection, all)
            : found.byManifests(files, place);
    return new Deletion(this, propagation, context).run(chosen);
  }

  private void validate() {
    if (arguments.isEmpty() && files.isEmpty()) {
      throw new CommandFailure(ResourceArguments.NOTHING_GIVEN);
    }
    if (!output.isEmpty() && !output.equals("name")) {
      throw new CommandFailure(
          "unexpected -o output mode: " + output + ". We only support '-o name'");
    }
    if (all && !selection.isEmpty()) {
      throw new CommandFailure("setting 'all' parameter but found a non empty selector. ");
    }
    setGrace();
  }

  /** As the API calls it. */
  private static String propagation(String cascade) {
    return switch (cascade.toLowerCase(Locale.ROOT)) {
      case "background", "true" -> "Background";
      case "foreground" -> "Foreground";
      case "orphan", "false" -> "Orphan";
      default ->
          throw new CommandFailure(
              "invalid cascade value (%s). Must be \"background\", \"foreground\", or \"orphan\""
                  .formatted(cascade));
    };
  }

  private void setGrace() {
    if (now && graceSeconds != GRACE_OF_THE_OBJECT) {
      throw new CommandFailure("--now and --grace-period cannot be specified together");
    }
    if (force && graceSeconds > 0) {
      throw new CommandFailure(
          "--force and --grace-period greater than 0 cannot be specified together");
    }
    if (force) {
      graceSeconds = 0;
    } else if (now || graceSeconds == 0) {
      // A grace of none without --force: the least there is, lest data be lost by accident.
      graceSeconds = 1;
    }
  }
}
