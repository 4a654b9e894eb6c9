package io.jkube.cli.logs;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.resource.GoDuration;
import io.jkube.cli.resource.NamespaceFlag;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what containers wrote. */
@CommandLine.Command(
    description = "Print what a container of a pod wrote to its stdout and stderr.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube logs web                           all of it",
      "  jkube logs web -f --tail 20              the last 20 lines, and go on",
      "  jkube logs web -c sidecar --since 10m    of one container, of the last ten minutes",
      "  jkube logs web -p                        of the container before its restart",
      "  jkube logs -l app=web --prefix           of all pods with a label",
      "  jkube logs deployment/web                of a pod of a deployment",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "1:there is no such pod or container, or it has no output yet"})
public final class Logs implements Command {
  private static final int TAIL_WITH_SELECTOR = 10;
  private static final int ALL_LINES = -1;

  @Mixin NamespaceFlag namespace = new NamespaceFlag();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new output until the container ends.")
  boolean follow;

  @Option(names = "--tail", paramLabel = "LINES", description = "Only the last lines; -1 for all.")
  Integer tail;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "Only output not older than this, such as 5s, 2m, 3h.")
  Duration since;

  @Option(
      names = "--since-time",
      paramLabel = "TIME",
      description = "Only output after this time, such as 2026-01-02T15:04:05Z.")
  String sinceTime = "";

  @Option(
      names = {"-c", "--container"},
      paramLabel = "CONTAINER",
      description = "The container, where a pod has several.")
  String container = "";

  @Option(
      names = {"-p", "--previous"},
      description = "Of the container before its last restart.")
  boolean previous;

  @Option(names = "--timestamps", description = "The time before each line.")
  boolean timestamps;

  @Option(
      names = "--all-containers",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Of all containers of the pod.")
  boolean allContainers;

  @Option(names = "--all-pods", description = "Of all pods of a workload; prefixes each line.")
  boolean allPods;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description = "Of all pods with these labels.")
  String selector = "";

  @Option(names = "--prefix", description = "Pod and container before each line.")
  boolean prefix;

  @Option(names = "--limit-bytes", paramLabel = "BYTES", description = "At most so many bytes.")
  long limitBytes;

  @Option(
      names = "--max-log-requests",
      paramLabel = "N",
      description = "How many containers may be followed at once; default: 5.")
  int maxFollowed = 5;

  @Option(names = "--ignore-errors", description = "Go on with the others when one fails.")
  boolean ignoreErrors;

  @Parameters(paramLabel = "POD | TYPE/NAME", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) throws InterruptedException {
    validate();
    var sources = new LogSources(this, context).find();
    if (follow && sources.size() > maxFollowed) {
      throw new CommandFailure(
          "you are attempting to follow %d log streams, but maximum allowed concurrency is %d, use --max-log-requests to increase the limit"
              .formatted(sources.size(), maxFollowed));
    }
    new LogCopy(this, context).copy(sources);
    return context.interruption().raised() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private void validate() {
    if (arguments.isEmpty() && selector.isEmpty() || arguments.size() > 2) {
      throw CommandFailure.usage(
          "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'."
              + "\nPOD or TYPE/NAME is a required argument for the logs command",
          "logs");
    }
    if (!arguments.isEmpty() && !selector.isEmpty()) {
      throw CommandFailure.usage("only a selector (-l) or a POD name is allowed", "logs");
    }
    if (arguments.size() == 2) {
      if (!container.isEmpty()) {
        throw new CommandFailure("only one of -c or an inline [CONTAINER] arg is allowed");
      }
      container = arguments.getLast();
    }
    if (allContainers && !container.isEmpty()) {
      throw new CommandFailure(
          "--all-containers=true should not be specified with container name " + container);
    }
    if (since != null && !sinceTime.isEmpty()) {
      throw new CommandFailure("at most one of `sinceTime` or `sinceSeconds` may be specified");
    }
    requireTime(sinceTime);
    if (tail != null && tail < ALL_LINES) {
      throw new CommandFailure("--tail must be greater than or equal to -1");
    }
    if (limitBytes < 0) {
      throw new CommandFailure("--limit-bytes must be greater than 0");
    }
  }

  private static void requireTime(String text) {
    try {
      if (!text.isEmpty()) {
        OffsetDateTime.parse(text);
      }
    } catch (DateTimeParseException wrong) {
      throw new CommandFailure(
          "parsing time \"%s\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"%s\" as %s"
              .formatted(text, text.substring(wrong.getErrorIndex()), "\"2006\""));
    }
  }

  /** The parameters of one container's log. */
  Map<String, List<String>> query(String containerName) {
    var query = new LinkedHashMap<String, List<String>>();
    query.put("container", List.of(containerName));
    flag(query, "follow", follow);
    flag(query, "previous", previous);
    flag(query, "timestamps", timestamps);
    int lines = tail != null ? tail : selector.isEmpty() ? ALL_LINES : TAIL_WITH_SELECTOR;
    if (lines != ALL_LINES) {
      query.put("tailLines", List.of(Integer.toString(lines)));
    }
    if (since != null) {
      long seconds = Math.max(1, (since.toMillis() + 999) / 1000);
      query.put("sinceSeconds", List.of(Long.toString(seconds)));
    }
    if (!sinceTime.isEmpty()) {
      query.put("sinceTime", List.of(sinceTime));
    }
    if (limitBytes > 0) {
      query.put("limitBytes", List.of(Long.toString(limitBytes)));
    }
    return query;
  }

  private static void flag(Map<String, List<String>> query, String name, boolean set) {
    if (set) {
      query.put(name, List.of("true"));
    }
  }
}
