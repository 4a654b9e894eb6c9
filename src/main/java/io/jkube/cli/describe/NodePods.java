package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import io.jkube.api.Resources;
import io.jkube.cli.describe.section.Page;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The pods of a node that have not ended, and what they asked for of what it has. */
final class NodePods {
  private final JsonNode available;
  private final String node;
  private final Page page;

  NodePods(JsonNode node, Page page) {
    this.node = node.path("metadata").path("name").asText();
    var status = node.path("status");
    this.available = status.path(status.path("allocatable").isEmpty() ? "capacity" : "allocatable");
    this.page = page;
  }

  void write(Lookup lookup) {
    var found =
        lookup.list(
            Resources.PODS,
            "",
            "fieldSelector",
            "spec.nodeName=" + node + ",status.phase!=Succeeded,status.phase!=Failed");
    if (found.isEmpty()) {
      page.field(0, "Pods", "not authorized");
      return;
    }
    var pods = found.get();
    page.field(0, "Non-terminated Pods", "(" + pods.size() + " in total)");
    page.line(
        1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
    page.line(
        1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
    pods.forEach(this::pod);
    total(pods);
  }

  private void pod(JsonNode pod) {
    var metadata = pod.path("metadata");
    page.line(
        1,
        "%s\t%s\t\t%s\t%s\t%s\t%s\t%s"
            .formatted(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                share(PodQuantities.of(pod, "requests", "cpu"), "cpu"),
                share(PodQuantities.of(pod, "limits", "cpu"), "cpu"),
                share(PodQuantities.of(pod, "requests", "memory"), "memory"),
                share(PodQuantities.of(pod, "limits", "memory"), "memory"),
                page.since(metadata.path("creationTimestamp"))));
  }

  private void total(List<JsonNode> pods) {
    page.line(0, "Allocated resources:");
    page.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
    page.line(1, "Resource\tRequests\tLimits").line(1, "--------\t--------\t------");
    for (var resource : List.of("cpu", "memory", "ephemeral-storage")) {
      page.line(
          1,
          "%s\t%s\t%s"
              .formatted(
                  resource,
                  share(sum(pods, "requests", resource), resource),
                  share(sum(pods, "limits", resource), resource)));
    }
    available
        .propertyStream()
        .map(each -> each.getKey())
        .filter(name -> name.startsWith("hugepages-"))
        .sorted()
        .forEach(
            name ->
                page.line(
                    1,
                    "%s\t%s\t%s"
                        .formatted(
                            name,
                            share(sum(pods, "requests", name), name),
                            share(sum(pods, "limits", name), name))));
  }

  private static Quantity sum(List<JsonNode> pods, String kind, String resource) {
    return pods.stream()
        .map(pod -> PodQuantities.of(pod, kind, resource))
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  /** {@code 100m (5%)}. */
  private String share(Quantity quantity, String resource) {
    var whole = Quantity.of(available.get(resource)).amount();
    var percent =
        whole.signum() == 0
            ? BigDecimal.ZERO
            : quantity
                .amount()
                .multiply(BigDecimal.valueOf(100))
                .divide(whole, 0, RoundingMode.DOWN);
    return quantity + " (" + percent.toBigInteger() + "%)";
  }
}
