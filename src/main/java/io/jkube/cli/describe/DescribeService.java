package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.cli.describe.section.Page;
import io.jkube.cli.describe.section.Selectors;
import java.util.List;
import java.util.stream.Collectors;

/** A service: its addresses, its ports and who answers there. */
final class DescribeService implements Describer {

  @Override
  public void describe(ObjectNode service, Lookup lookup, Page page) {
    var spec = service.path("spec");
    page.head(service);
    page.field(0, "Selector", Selectors.labels(spec.path("selector")));
    page.field(0, "Type", spec.path("type").asText());
    addresses(service, page);
    var slices =
        lookup
            .list(
                Resources.ENDPOINT_SLICES,
                service.path("metadata").path("namespace").asText(),
                "labelSelector",
                "kubernetes.io/service-name=" + service.path("metadata").path("name").asText())
            .orElse(List.of());
    spec.path("ports").forEach(port -> port(port, slices, page));
    page.field(0, "Session Affinity", spec.path("sessionAffinity").asText());
    page.optional(0, "External Traffic Policy", spec.path("externalTrafficPolicy").asText());
    page.optional(0, "Internal Traffic Policy", spec.path("internalTrafficPolicy").asText());
    if (spec.path("healthCheckNodePort").asInt() != 0) {
      page.field(0, "HealthCheck NodePort", spec.path("healthCheckNodePort").asInt());
    }
    page.optional(0, "LoadBalancer Source Ranges", joined(spec.path("loadBalancerSourceRanges")));
    page.optional(0, "Traffic Distribution", spec.path("trafficDistribution").asText());
  }

  private static void addresses(JsonNode service, Page page) {
    var spec = service.path("spec");
    page.optional(0, "IP Family Policy", spec.path("ipFamilyPolicy").asText());
    page.field(0, "IP Families", orNone(joined(spec.path("ipFamilies"))));
    page.field(0, "IP", spec.path("clusterIP").asText());
    page.field(0, "IPs", orNone(joined(spec.path("clusterIPs"))));
    page.optional(0, "External IPs", joined(spec.path("externalIPs")));
    page.optional(0, "Desired LoadBalancer IP", spec.path("loadBalancerIP").asText());
    page.optional(0, "External Name", spec.path("externalName").asText());
    page.optional(0, "LoadBalancer Ingress", ingress(service));
  }

  private static String ingress(JsonNode service) {
    return service
        .path("status")
        .path("loadBalancer")
        .path("ingress")
        .valueStream()
        .map(
            each ->
                each.has("ip")
                    ? each.path("ip").asText()
                        + (each.has("ipMode") ? " (" + each.path("ipMode").asText() + ")" : "")
                    : each.path("hostname").asText())
        .collect(Collectors.joining(", "));
  }

  private static void port(JsonNode port, List<JsonNode> slices, Page page) {
    var name = port.path("name").asText();
    var shown = name.isEmpty() ? "<unset>" : name;
    var protocol = port.path("protocol").asText();
    page.field(0, "Port", shown + "\t" + port.path("port").asInt() + "/" + protocol);
    page.field(0, "TargetPort", port.path("targetPort").asText("0") + "/" + protocol);
    if (port.path("nodePort").asInt() != 0) {
      page.field(0, "NodePort", shown + "\t" + port.path("nodePort").asInt() + "/" + protocol);
    }
    page.field(0, "Endpoints", EndpointText.of(slices, name));
  }

  private static String joined(JsonNode texts) {
    return texts.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }
}
