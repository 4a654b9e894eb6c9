package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.cli.describe.section.Owner;
import io.jkube.cli.describe.section.Page;
import io.jkube.cli.describe.section.PodTemplate;
import io.jkube.cli.describe.section.Selectors;
import java.util.List;

/** A deployment: how far it is, its template, its replica sets. */
final class DescribeDeployment implements Describer {
  private static final GroupVersionResource REPLICA_SETS =
      new GroupVersionResource("apps", "v1", "replicasets");

  @Override
  public void describe(ObjectNode deployment, Lookup lookup, Page page) {
    var metadata = deployment.path("metadata");
    var spec = deployment.path("spec");
    var status = deployment.path("status");
    page.field(0, "Name", metadata.path("name").asText());
    page.field(0, "Namespace", metadata.path("namespace").asText());
    page.field(0, "CreationTimestamp", page.time(metadata.path("creationTimestamp")));
    page.labels("Labels", metadata.path("labels")).annotations(metadata.path("annotations"));
    page.field(0, "Selector", Selectors.text(spec.path("selector")));
    page.field(
        0,
        "Replicas",
        "%d desired | %d updated | %d total | %d available | %d unavailable"
            .formatted(
                spec.path("replicas").asInt(),
                status.path("updatedReplicas").asInt(),
                status.path("replicas").asInt(),
                status.path("availableReplicas").asInt(),
                status.path("unavailableReplicas").asInt()));
    page.field(0, "StrategyType", spec.path("strategy").path("type").asText());
    page.field(0, "MinReadySeconds", spec.path("minReadySeconds").asInt());
    var rolling = spec.path("strategy").path("rollingUpdate");
    if (rolling.isObject()) {
      page.field(
          0,
          "RollingUpdateStrategy",
          "%s max unavailable, %s max surge"
              .formatted(
                  rolling.path("maxUnavailable").asText(), rolling.path("maxSurge").asText()));
    }
    PodTemplate.write(spec.path("template"), page);
    Conditions.write(status.path("conditions"), page);
    replicaSets(deployment, lookup, page);
  }

  private static void replicaSets(JsonNode deployment, Lookup lookup, Page page) {
    var name = "Deployment/" + deployment.path("metadata").path("name").asText();
    var owned =
        lookup
            .list(REPLICA_SETS, deployment.path("metadata").path("namespace").asText(), "", "")
            .orElse(List.of())
            .stream()
            .filter(each -> Owner.of(each).equals(name))
            .toList();
    if (owned.isEmpty()) {
      return;
    }
    var revision = revision(deployment);
    page.field(
        0,
        "OldReplicaSets",
        texts(owned.stream().filter(each -> !revision(each).equals(revision)).toList()));
    page.field(
        0,
        "NewReplicaSet",
        texts(owned.stream().filter(each -> revision(each).equals(revision)).toList()));
  }

  private static String revision(JsonNode object) {
    return object
        .path("metadata")
        .path("annotations")
        .path("deployment.kubernetes.io/revision")
        .asText();
  }

  private static String texts(List<JsonNode> sets) {
    return sets.isEmpty()
        ? "<none>"
        : String.join(
            ", ",
            sets.stream()
                .map(
                    each ->
                        "%s (%d/%d replicas created)"
                            .formatted(
                                each.path("metadata").path("name").asText(),
                                each.path("status").path("replicas").asInt(),
                                each.path("spec").path("replicas").asInt()))
                .toList());
  }
}
