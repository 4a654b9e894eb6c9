package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.describe.section.Page;
import java.util.stream.Collectors;

/** Endpoints: who answers, who does not yet, and at which ports. */
final class DescribeEndpoints implements Describer {
  @Override
  public void describe(ObjectNode endpoints, Lookup lookup, Page page) {
    page.head(endpoints);
    page.line(0, "Subsets:");
    for (var subset : endpoints.path("subsets")) {
      page.field(1, "Addresses", addresses(subset.path("addresses")));
      page.field(1, "NotReadyAddresses", addresses(subset.path("notReadyAddresses")));
      if (!subset.path("ports").isEmpty()) {
        page.line(1, "Ports:");
        page.line(2, "Name\tPort\tProtocol").line(2, "----\t----\t--------");
        subset.path("ports").forEach(port -> port(port, page));
      }
      page.line(0, "");
    }
  }

  private static String addresses(JsonNode addresses) {
    return addresses.isEmpty()
        ? "<none>"
        : addresses
            .valueStream()
            .map(each -> each.path("ip").asText())
            .collect(Collectors.joining(","));
  }

  private static void port(JsonNode port, Page page) {
    page.line(
        2,
        "%s\t%d\t%s"
            .formatted(
                port.path("name").asText("<unset>"),
                port.path("port").asInt(),
                port.path("protocol").asText()));
  }
}
