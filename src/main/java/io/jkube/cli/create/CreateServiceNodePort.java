package io.jkube.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a service that has a port on every node. */
@CommandLine.Command(
    description = "Create a service that is reached at a port of every node.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create service nodeport web --tcp 80:8080 --node-port 30080")
public final class CreateServiceNodePort implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Mixin TcpPorts ports = new TcpPorts();

  @Option(
      names = "--node-port",
      paramLabel = "PORT",
      description = "The nodes' port; default: the server chooses.")
  int nodePort;

  @Parameters(paramLabel = "NAME", description = "The service's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    ports.demandOne();
    var service = ServiceObject.of("NodePort", name, flags, ports.tcp);
    if (nodePort != 0) {
      for (var port : service.path("spec").path("ports")) {
        ((ObjectNode) port).put("nodePort", nodePort);
      }
    }
    return new Creation(flags, context).create(service);
  }
}
