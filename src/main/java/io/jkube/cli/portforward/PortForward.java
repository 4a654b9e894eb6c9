package io.jkube.cli.portforward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.cli.resource.PathSegment;
import io.jkube.cli.stream.PodsOf;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes ports of a pod answer on this machine. */
@CommandLine.Command(
    description = "Forward ports of this machine to a pod.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube port-forward web 8080:80           port 80 of pod web, here at 8080",
      "  jkube port-forward web 5000 6000         the same ports here",
      "  jkube port-forward web :80               at a port that is free",
      "  jkube port-forward svc/web 8080:http     a pod behind a Service, by the port's name",
      "  jkube port-forward --address 0.0.0.0 deploy/web 8080:80",
      "                                           reachable from other machines",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"1:a port cannot be had, or the pod is gone", "130:interrupted"})
public final class PortForward implements Command {
  @Mixin NamespaceFlag namespace = new NamespaceFlag();

  @Option(
      names = "--address",
      split = ",",
      paramLabel = "ADDRESS",
      description = "Where to listen: addresses of this machine, or localhost; default: localhost.")
  List<String> addresses = new ArrayList<>(List.of("localhost"));

  @Parameters(paramLabel = "POD | TYPE/NAME [LOCAL:]REMOTE...", arity = "0..*", hidden = true)
  List<String> arguments = new ArrayList<>();

  @Override
  public int run(CommandContext context) throws InterruptedException {
    if (arguments.size() < 2) {
      throw CommandFailure.usage(
          "TYPE/NAME and list of ports are required for port-forward", "port-forward");
    }
    var pods = new PodsOf(context, namespace.in(context), "cannot attach to");
    var named = arguments.getFirst();
    var found = pods.find(named.contains("/") ? named : "pod/" + named);
    var pod = found.pods().getFirst();
    var phase = pod.at("/status/phase").asText();
    var ports = new ArrayList<PortPair>();
    for (var text : arguments.subList(1, arguments.size())) {
      ports.add(new PortNames(found.object(), pod).read(text));
    }
    if (!phase.equals("Running")) {
      throw new CommandFailure(
          "unable to forward port because pod is not running. Current status=" + phase);
    }
    return new Forwarding(context, path(pods.namespace(), pod)).run(addresses, ports);
  }

  private static String path(String namespace, ObjectNode pod) {
    var name = PathSegment.escape(pod.at("/metadata/name").asText());
    return Resources.PODS.path(namespace) + "/" + name + "/portforward";
  }
}
