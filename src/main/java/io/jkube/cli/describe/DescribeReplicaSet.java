package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.cli.describe.section.Owner;
import io.jkube.cli.describe.section.Page;
import io.jkube.cli.describe.section.PodTemplate;
import io.jkube.cli.describe.section.Selectors;
import java.util.List;

/** A replica set: how many of its pods there are, and how they are. */
final class DescribeReplicaSet implements Describer {
  @Override
  public void describe(ObjectNode set, Lookup lookup, Page page) {
    var metadata = set.path("metadata");
    var spec = set.path("spec");
    var selector = Selectors.text(spec.path("selector"));
    page.field(0, "Name", metadata.path("name").asText());
    page.field(0, "Namespace", metadata.path("namespace").asText());
    page.field(0, "Selector", selector);
    page.labels("Labels", metadata.path("labels")).annotations(metadata.path("annotations"));
    page.optional(0, "Controlled By", Owner.of(set));
    page.field(
        0,
        "Replicas",
        "%d current / %d desired"
            .formatted(set.path("status").path("replicas").asInt(), spec.path("replicas").asInt()));
    var pods =
        lookup
            .list(Resources.PODS, metadata.path("namespace").asText(), "labelSelector", selector)
            .orElse(List.of())
            .stream()
            .filter(pod -> isOwnedBy(pod, metadata.path("uid").asText()))
            .toList();
    page.field(
        0,
        "Pods Status",
        "%d Running / %d Waiting / %d Succeeded / %d Failed"
            .formatted(
                count(pods, "Running"),
                count(pods, "Pending"),
                count(pods, "Succeeded"),
                count(pods, "Failed")));
    PodTemplate.write(spec.path("template"), page);
    Conditions.write(set.path("status").path("conditions"), page);
  }

  private static boolean isOwnedBy(JsonNode pod, String uid) {
    return pod.path("metadata")
        .path("ownerReferences")
        .valueStream()
        .anyMatch(owner -> owner.path("uid").asText().equals(uid));
  }

  private static long count(List<JsonNode> pods, String phase) {
    return pods.stream()
        .filter(pod -> pod.path("status").path("phase").asText().equals(phase))
        .count();
  }
}
