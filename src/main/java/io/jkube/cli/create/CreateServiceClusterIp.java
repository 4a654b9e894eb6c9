package io.jkube.cli.create;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a service inside of the cluster. */
@CommandLine.Command(
    description = "Create a service with an address inside of the cluster.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create service clusterip web --tcp 80:8080")
public final class CreateServiceClusterIp implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Mixin TcpPorts ports = new TcpPorts();

  @Option(
      names = "--clusterip",
      paramLabel = "ADDRESS",
      description = "Its address; None for a headless service; default: the server chooses.")
  String clusterIp = "";

  @Parameters(paramLabel = "NAME", description = "The service's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    if (!clusterIp.equals("None")) {
      ports.demandOne();
    }
    var service = ServiceObject.of("ClusterIP", name, flags, ports.tcp);
    if (!clusterIp.isEmpty()) {
      service.withObjectProperty("spec").put("clusterIP", clusterIp);
    }
    return new Creation(flags, context).create(service);
  }
}
