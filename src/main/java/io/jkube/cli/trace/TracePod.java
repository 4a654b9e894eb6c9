package io.jkube.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import io.jkube.api.text.JsonText;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.print.TabWriter;
import io.jkube.cli.print.text.Escapes;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.PathSegment;
import io.jkube.client.ApiCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a pod's hops, each with its distance from the first. */
@CommandLine.Command(
    description =
        "Show a pod's way as a timeline: accepted and stored, seen by the scheduler, bound, seen by"
            + " the kubelet, image, sandbox, containers, Running. Times are those the components"
            + " noted when they did it.",
    footerHeading = "%nExamples:%n",
    footer = {"  jkube trace pod web", "  jkube trace pod web -o json"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "1:no such pod, or it is so old that its way is forgotten"})
public final class TracePod implements Command {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();

  @Parameters(paramLabel = "POD", description = "The pod's name.")
  String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json",
      description = "json: the hops as the server keeps them.")
  String output = "";

  @Override
  public int run(CommandContext context) {
    if (!output.isEmpty() && !output.equals("json")) {
      throw new CommandFailure("--output must be json, not \"" + output + "\"");
    }
    var pod = name.startsWith("pod/") ? name.substring("pod/".length()) : name;
    var path = "/jkube/v1/pods/" + namespace.in(context) + "/" + PathSegment.escape(pod) + "/trace";
    var trace = context.transport().send(ApiCall.of("GET", path, Map.of(), null));
    if (output.equals("json")) {
      context.out().println(JsonText.indented(trace));
    } else {
      timeline(trace.path("hops"), context);
    }
    return ExitCode.OK;
  }

  private static void timeline(JsonNode hops, CommandContext context) {
    if (hops.isEmpty()) {
      throw new CommandFailure("nothing is known (any more) of this pod's way");
    }
    var start = Instant.parse(hops.path(0).path("time").asText());
    var table = new TabWriter(context.out());
    table.row(List.of("TIME", "COMPONENT", "STEP", "REVISION", "DETAIL"));
    for (var hop : hops) {
      var time = Instant.parse(hop.path("time").asText());
      var revision = hop.path("revision").asLong();
      table.row(
          List.of(
              offset(Duration.between(start, time)),
              hop.path("component").asText(),
              hop.path("step").asText(),
              revision == 0 ? "-" : Long.toString(revision),
              detail(hop.path("detail"))));
    }
    table.flush();
  }

  /** {@code +0.123s}; to the millisecond. */
  private static String offset(Duration since) {
    return "+%d.%03ds".formatted(since.toSeconds(), since.toMillisPart());
  }

  private static String detail(JsonNode detail) {
    return detail
        .propertyStream()
        .map(each -> each.getKey() + "=" + quoted(GoText.of(each.getValue())))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String value) {
    var shown = Escapes.visible(value).replace("\n", "\\n");
    return shown.contains(" ") || shown.isEmpty() ? "\"" + shown + "\"" : shown;
  }
}
