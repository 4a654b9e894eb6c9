package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.cli.describe.section.Page;
import java.util.List;
import java.util.Map;

/** A namespace, with its quotas and limits. */
final class DescribeNamespace implements Describer {
  private static final GroupVersionResource QUOTAS =
      new GroupVersionResource("", "v1", "resourcequotas");
  private static final GroupVersionResource LIMITS =
      new GroupVersionResource("", "v1", "limitranges");

  @Override
  public void describe(ObjectNode namespace, Lookup lookup, Page page) {
    var metadata = namespace.path("metadata");
    var name = metadata.path("name").asText();
    page.field(0, "Name", name);
    page.labels("Labels", metadata.path("labels")).annotations(metadata.path("annotations"));
    page.field(0, "Status", namespace.path("status").path("phase").asText());
    conditions(namespace.path("status").path("conditions"), page);
    lookup.list(QUOTAS, name, "", "").ifPresent(quotas -> quotas(quotas, page));
    lookup.list(LIMITS, name, "", "").ifPresent(limits -> limits(limits, page));
  }

  @Override
  public boolean hasEvents() {
    return false;
  }

  private static void conditions(JsonNode conditions, Page page) {
    if (conditions.isEmpty()) {
      return;
    }
    page.line(0, "Conditions:");
    page.line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage");
    page.line(1, "----\t------\t------------------\t------\t-------");
    for (var each : conditions) {
      page.line(
          1,
          String.join(
              "\t",
              each.path("type").asText(),
              each.path("status").asText(),
              page.time(each.path("lastTransitionTime")),
              each.path("reason").asText(),
              each.path("message").asText()));
    }
  }

  private static void quotas(List<JsonNode> quotas, Page page) {
    page.line(0, "");
    if (quotas.isEmpty()) {
      page.line(0, "No resource quota.");
      return;
    }
    page.line(0, "Resource Quotas");
    for (var quota : quotas) {
      page.field(1, "Name", quota.path("metadata").path("name").asText());
      page.line(1, "Resource\tUsed\tHard").line(1, "--------\t---\t---");
      var status = quota.path("status");
      status
          .path("hard")
          .propertyStream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              each ->
                  page.line(
                      1,
                      "%s\t%s\t%s"
                          .formatted(
                              each.getKey(),
                              status.path("used").path(each.getKey()).asText("0"),
                              each.getValue().asText())));
    }
  }

  private static void limits(List<JsonNode> ranges, Page page) {
    page.line(0, "");
    if (ranges.isEmpty()) {
      page.line(0, "No LimitRange resource.");
      return;
    }
    page.line(0, "Resource Limits");
    page.line(
        0, " Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
    page.line(
        0, " ----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
    for (var range : ranges) {
      for (var limit : range.path("spec").path("limits")) {
        limit(limit, page);
      }
    }
  }

  private static void limit(JsonNode limit, Page page) {
    var columns = List.of("min", "max", "defaultRequest", "default", "maxLimitRequestRatio");
    columns.stream()
        .flatMap(column -> limit.path(column).propertyStream().map(Map.Entry::getKey))
        .distinct()
        .sorted()
        .forEach(
            resource ->
                page.line(
                    0,
                    " "
                        + limit.path("type").asText()
                        + "\t"
                        + resource
                        + "\t"
                        + String.join(
                            "\t",
                            columns.stream()
                                .map(column -> limit.path(column).path(resource).asText("-"))
                                .toList())));
  }
}
