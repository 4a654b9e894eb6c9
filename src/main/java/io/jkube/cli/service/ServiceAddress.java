package io.jkube.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.resource.NamespaceFlag;
import io.jkube.client.ApiClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints where a service is reached from this machine. */
@CommandLine.Command(
    description =
        "Print where this machine reaches a Service, a line each port: its load balancer's port or"
            + " its node port on 127.0.0.1, else its cluster IP.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube service web --url",
      "  curl $(jkube service web --url)",
      "  jkube service web -n team",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "1:no such service, or it has no address"})
public final class ServiceAddress implements Command {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int HTTPS = 443;

  @Mixin NamespaceFlag namespace = new NamespaceFlag();

  @Parameters(paramLabel = "SERVICE", description = "The service's name.")
  String name;

  @Option(names = "--url", description = "Print nothing but the addresses.")
  boolean url;

  @Override
  public int run(CommandContext context) {
    var plain = name.replaceFirst("^(svc|service|services)/", "");
    var key = new ObjectKey(namespace.in(context), plain);
    var service = new ApiClient(context.transport()).get(Resources.SERVICES, key);
    var links = links(service);
    if (links.isEmpty()) {
      throw new CommandFailure(
          "service \"" + plain + "\" has no address on this machine: " + why(service));
    }
    for (int i = 0; i < links.size(); i++) {
      var port = service.at("/spec/ports").path(i);
      context.out().println(url ? links.get(i) : portName(port) + "\t" + links.get(i));
    }
    return ExitCode.OK;
  }

  private static List<String> links(JsonNode service) {
    var links = new ArrayList<String>();
    var clusterIp = service.at("/spec/clusterIP").asText();
    boolean balanced = !service.at("/status/loadBalancer/ingress").isEmpty();
    for (var port : service.at("/spec/ports")) {
      int number = port.path("port").asInt();
      int nodePort = port.path("nodePort").asInt();
      if (balanced) {
        links.add(link(port, LOOPBACK, number));
      } else if (nodePort > 0) {
        links.add(link(port, LOOPBACK, nodePort));
      } else if (!clusterIp.isEmpty() && !clusterIp.equals("None")) {
        links.add(link(port, clusterIp, number));
      }
    }
    return links;
  }

  /** Without a scheme where it is surely no web page. */
  private static String link(JsonNode port, String host, int number) {
    var address = host + ":" + number;
    if (!port.path("protocol").asText("TCP").equals("TCP")) {
      return address;
    }
    boolean secure =
        port.path("port").asInt() == HTTPS
            || port.path("name").asText().startsWith("https")
            || port.path("appProtocol").asText().equals("https");
    return (secure ? "https://" : "http://") + address;
  }

  private static String portName(JsonNode port) {
    var number = port.path("port").asText();
    return port.has("name") ? port.path("name").asText() + "/" + number : number;
  }

  private static String why(JsonNode service) {
    return service.at("/spec/type").asText().equals("ExternalName")
        ? "it stands for " + service.at("/spec/externalName").asText()
        : "it is headless; its pods are reached by their own addresses";
  }
}
