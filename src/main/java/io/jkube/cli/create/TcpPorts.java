package io.jkube.cli.create;

import io.jkube.cli.command.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The ports of a service, as its generators take them. */
final class TcpPorts {
  @Option(
      names = "--tcp",
      split = ",",
      paramLabel = "PORT[:TARGET]",
      description = "A port, and where the pods listen. May be repeated.")
  List<String> tcp = new ArrayList<>();

  void demandOne() {
    if (tcp.isEmpty()) {
      throw new CommandFailure("at least one tcp port specifier must be provided");
    }
  }
}
