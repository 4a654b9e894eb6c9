package io.jkube.cli.create;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a service with an address outside of the cluster. */
@CommandLine.Command(
    description = "Create a service with an address outside of the cluster.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create service loadbalancer web --tcp 80:8080")
public final class CreateServiceLoadBalancer implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Option(
      names = "--tcp",
      split = ",",
      paramLabel = "PORT[:TARGET]",
      description = "A port, and where the pods listen. May be repeated.")
  List<String> tcp = new ArrayList<>();

  @Parameters(paramLabel = "NAME", description = "The service's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    if (tcp.isEmpty()) {
      throw new CommandFailure("at least one tcp port specifier must be provided");
    }
    var service = ServiceObject.of("LoadBalancer", name, flags, tcp);
    return new Creation(flags, context).create(service);
  }
}
