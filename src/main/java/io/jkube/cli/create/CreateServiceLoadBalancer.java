package io.jkube.cli.create;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Creates a service with an address outside of the cluster. */
@CommandLine.Command(
    description = "Create a service with an address outside of the cluster.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create service loadbalancer web --tcp 80:8080")
public final class CreateServiceLoadBalancer implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Mixin TcpPorts ports = new TcpPorts();

  @Parameters(paramLabel = "NAME", description = "The service's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    ports.demandOne();
    var service = ServiceObject.of("LoadBalancer", name, flags, ports.tcp);
    return new Creation(flags, context).create(service);
  }
}
