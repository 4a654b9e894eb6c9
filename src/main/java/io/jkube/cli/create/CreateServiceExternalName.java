package io.jkube.cli.create;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a service that stands for a name outside of the cluster. */
@CommandLine.Command(
    description = "Create a service that stands for a DNS name outside of the cluster.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create service externalname db --external-name db.example.com")
public final class CreateServiceExternalName implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Mixin TcpPorts ports = new TcpPorts();

  @Option(
      names = "--external-name",
      required = true,
      paramLabel = "NAME",
      description = "The DNS name it stands for.")
  String externalName;

  @Parameters(paramLabel = "NAME", description = "The service's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var service = ServiceObject.of("ExternalName", name, flags, ports.tcp);
    service.withObjectProperty("spec").put("externalName", externalName);
    return new Creation(flags, context).create(service);
  }
}
