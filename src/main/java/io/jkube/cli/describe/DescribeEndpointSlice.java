package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;
import java.util.stream.Collectors;

/** A part of a Service's endpoints: its ports, and each endpoint with its place. */
final class DescribeEndpointSlice implements Describer {
  private static final String UNSET = "<unset>";

  @Override
  public void describe(ObjectNode slice, Lookup lookup, Page page) {
    page.head(slice);
    page.field(0, "AddressType", slice.path("addressType").asText());
    ports(slice.path("ports"), page);
    if (slice.path("endpoints").isEmpty()) {
      page.line(0, "Endpoints: <none>");
      return;
    }
    page.line(0, "Endpoints:");
    slice.path("endpoints").forEach(each -> endpoint(each, page));
  }

  private static void ports(JsonNode ports, Page page) {
    if (ports.isEmpty()) {
      page.line(0, "Ports: " + UNSET);
      return;
    }
    page.line(0, "Ports:");
    page.line(1, "Name\tPort\tProtocol").line(1, "----\t----\t--------");
    for (var port : ports) {
      var cells = "%s\t%s\t%s";
      page.line(
          1,
          cells.formatted(
              text(port, "name"), text(port, "port"), port.path("protocol").asText("TCP")));
    }
  }

  private static void endpoint(JsonNode endpoint, Page page) {
    page.field(1, "- Addresses", addresses(endpoint.path("addresses")));
    page.line(2, "Conditions:");
    page.field(3, "Ready", text(endpoint.path("conditions"), "ready"));
    page.field(2, "Hostname", text(endpoint, "hostname"));
    var target = endpoint.path("targetRef");
    if (target.isObject()) {
      page.field(2, "TargetRef", target.path("kind").asText() + "/" + target.path("name").asText());
    }
    page.field(2, "NodeName", text(endpoint, "nodeName"));
    page.field(2, "Zone", text(endpoint, "zone"));
  }

  private static String addresses(JsonNode addresses) {
    var joined = addresses.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
    return joined.isEmpty() ? "<none>" : joined;
  }

  private static String text(JsonNode holder, String field) {
    var text = holder.path(field).asText();
    return text.isEmpty() ? UNSET : text;
  }
}
