package io.jkube.cli.clusterinfo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Resources;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.ExitCode;
import io.jkube.client.ApiCall;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Says where the control plane and the cluster's own services are reached. */
@CommandLine.Command(
    description =
        "Display addresses of the control plane and of services with the label"
            + " kubernetes.io/cluster-service=true.",
    footerHeading = "%nExamples:%n",
    footer = {"  jkube cluster-info", "  jkube cluster-info dump --output-directory /tmp/state"})
public final class ClusterInfo implements Command {
  private static final String SYSTEM = "kube-system";
  private static final int HTTPS = 443;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Where the services are; default: kube-system.")
  String namespace = SYSTEM;

  @Override
  public int run(CommandContext context) {
    var query = Map.of("labelSelector", List.of("kubernetes.io/cluster-service=true"));
    var services =
        context
            .transport()
            .send(ApiCall.of("GET", Resources.SERVICES.path(namespace), query, null));
    line(context, "Kubernetes control plane", context.apiUrl());
    for (var service : services.path("items")) {
      line(context, name(service), link(service, context.apiUrl()));
    }
    context
        .out()
        .print(
            "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return ExitCode.OK;
  }

  private static void line(CommandContext context, String name, String link) {
    context
        .out()
        .print(
            context.colours()
                ? "\u001b[0;32m%s\u001b[0m is running at \u001b[0;33m%s\u001b[0m\n"
                    .formatted(name, link)
                : "%s is running at %s\n".formatted(name, link));
  }

  private static String name(JsonNode service) {
    var metadata = service.path("metadata");
    var label = metadata.path("labels").path("kubernetes.io/name").asText();
    return label.isEmpty() ? metadata.path("name").asText() : label;
  }

  private static String link(JsonNode service, String apiUrl) {
    var ingress = service.path("status").path("loadBalancer").path("ingress").path(0);
    if (ingress.isObject()) {
      var host = ingress.path("ip").asText(ingress.path("hostname").asText());
      var links = new StringBuilder();
      for (var port : service.path("spec").path("ports")) {
        links.append("http://%s:%d ".formatted(host, port.path("port").asInt()));
      }
      return links.toString();
    }
    return apiUrl
        + Resources.SERVICES.path(service.path("metadata").path("namespace").asText())
        + "/"
        + proxied(service)
        + "/proxy";
  }

  /** {@code NAME}, {@code NAME:PORT} or {@code https:NAME:PORT}, as the API's proxy wants it. */
  private static String proxied(JsonNode service) {
    var name = service.path("metadata").path("name").asText();
    var port = service.path("spec").path("ports").path(0);
    var portName = port.path("name").asText();
    if (portName.equals("https") || port.path("port").asInt() == HTTPS) {
      return "https:" + name + ":" + portName;
    }
    return portName.isEmpty() ? name : name + ":" + portName;
  }
}
