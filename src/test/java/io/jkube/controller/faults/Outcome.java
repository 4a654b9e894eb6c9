package io.jkube.controller.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.client.ListOptions;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.ControllerRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a cluster has come to, in lines that are the same whatever names, addresses and times were
 * drawn on the way.
 */
final class Outcome {
  private final TestCluster cluster;
  private final List<String> lines = new ArrayList<>();

  private Outcome(TestCluster cluster) {
    this.cluster = cluster;
  }

  static String of(TestCluster cluster) {
    var outcome = new Outcome(cluster);
    outcome.statuses();
    outcome.pods();
    outcome.history();
    outcome.backends();
    outcome.quota();
    outcome.owners();
    return String.join("\n", outcome.lines);
  }

  private List<ObjectNode> all(GroupVersionResource kind) {
    return cluster.client.list(kind, "", ListOptions.ALL).items();
  }

  private void statuses() {
    for (var kind :
        List.of(
            Scenario.DEPLOYMENTS,
            Scenario.STATEFUL_SETS,
            Scenario.DAEMON_SETS,
            Scenario.CONTROLLERS,
            Scenario.JOBS,
            Scenario.CRON_JOBS,
            Scenario.BUDGETS,
            Resources.NAMESPACES,
            Resources.NODES)) {
      all(kind).stream()
          .map(object -> kind.resource() + " " + Json.key(object) + " " + status(object))
          .sorted()
          .forEach(lines::add);
    }
  }

  /** Without what is drawn, or tells the time. */
  private static String status(ObjectNode object) {
    var told = new TreeMap<String, String>();
    var status = object.path("status");
    for (var field : status.properties()) {
      var value = field.getValue();
      switch (field.getKey()) {
        case "currentRevision" ->
            told.put("rolled", "" + value.equals(status.path("updateRevision")));
        case "observedGeneration" ->
            told.put("seen", "" + value.equals(object.at("/metadata/generation")));
        case "conditions" -> told.put("conditions", conditions(value));
        case "completedIndexes", "failedIndexes" -> told.put(field.getKey(), value.asText());
        case "active" -> told.put("active", value.isArray() ? "" + value.size() : value.asText());
        case "uncountedTerminatedPods" ->
            told.put("uncounted", "" + !(value.isEmpty() || value.toString().equals("{}")));
        default -> {
          if (value.isNumber()) {
            boolean more = field.getKey().equals("succeeded");
            int most = object.at("/spec/completions").asInt();
            told.put(field.getKey(), "" + (more ? Math.min(most, value.asInt()) : value.asInt()));
          }
        }
      }
    }
    return told.toString();
  }

  private static String conditions(JsonNode conditions) {
    var told = new TreeSet<String>();
    for (var condition : conditions) {
      told.add(condition.path("type").asText() + "=" + condition.path("status").asText());
    }
    return told.toString();
  }

  /** How many of which sort, by who controls them. */
  private void pods() {
    var counts = new TreeMap<String, Integer>();
    for (var pod : all(Resources.PODS)) {
      var owner = ControllerRef.of(pod);
      var who =
          owner.map(ref -> ref.path("kind").asText() + " " + app(pod)).orElse("nobody " + app(pod));
      var what = pod.at("/spec/containers/0/image").asText() + " " + phase(pod);
      if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
        what += " deleting";
      }
      if (pod.path("metadata").path("finalizers").size() > 0) {
        what += " held";
      }
      counts.merge("pods of " + who + ": " + what, 1, Integer::sum);
    }
    counts.forEach((what, count) -> lines.add(what + " x " + count));
    // a pod whose making was not answered may come on top
    for (var job : Map.of("indexed", 5, "many", 10).entrySet()) {
      var what = "pods of Job " + job.getKey() + ": v1 Succeeded x ";
      lines.replaceAll(
          line ->
              line.startsWith(what)
                      && Integer.parseInt(line.substring(what.length())) > job.getValue()
                  ? what + job.getValue()
                  : line);
    }
  }

  private static String app(ObjectNode pod) {
    var labels = pod.path("metadata").path("labels");
    return labels.path("app").asText(labels.path("job-name").asText());
  }

  private static String phase(ObjectNode pod) {
    return pod.path("status").path("phase").asText();
  }

  /** One set of each Deployment is in use, and no two are of one template or revision. */
  private void history() {
    var sets = all(Scenario.REPLICA_SETS);
    var templates = new HashSet<String>();
    var revisions = new HashSet<String>();
    for (var set : sets) {
      int wanted = set.at("/spec/replicas").asInt();
      var app = set.at("/spec/template/metadata/labels/app").asText();
      if (wanted > 0) {
        lines.add("replicas of " + app + " " + wanted + " " + status(set));
      }
      var image = set.at("/spec/template/spec/containers/0/image").asText();
      var revision =
          set.path("metadata")
              .path("annotations")
              .path("deployment.kubernetes.io/revision")
              .asText();
      unless(templates.add(app + image), "two sets of " + app + " " + image);
      unless(revisions.add(app + revision), "two sets of revision " + revision + " of " + app);
    }
    var data = new HashSet<String>();
    for (var revision : all(Scenario.REVISIONS)) {
      unless(
          data.add(ControllerRef.uidOf(revision) + revision.path("data")),
          "two revisions of the same data");
    }
    lines.sort(String::compareTo);
  }

  private void unless(boolean fine, String fault) {
    if (!fine) {
      lines.add("FAULT: " + fault);
    }
  }

  /** The slices have the ready pods, each once. */
  private void backends() {
    var wanted = new TreeSet<String>();
    for (var pod : all(Resources.PODS)) {
      if (app(pod).equals("web") && phase(pod).equals("Running")) {
        wanted.add(pod.at("/status/podIP").asText());
      }
    }
    var told = new ArrayList<String>();
    for (var slice : all(Resources.ENDPOINT_SLICES)) {
      for (var endpoint : slice.path("endpoints")) {
        unless(endpoint.at("/conditions/ready").asBoolean(), "an endpoint is not ready");
        told.add(endpoint.at("/addresses/0").asText());
      }
    }
    told.sort(String::compareTo);
    unless(told.equals(List.copyOf(wanted)), "endpoints " + told + ", not " + wanted);
  }

  private void quota() {
    long pods =
        all(Resources.PODS).stream()
            .filter(pod -> pod.at("/metadata/namespace").asText().equals(Scenario.TEAM))
            .filter(pod -> !phase(pod).equals("Succeeded") && !phase(pod).equals("Failed"))
            .count();
    for (var quota : all(Scenario.QUOTAS)) {
      var used = quota.at("/status/used");
      unless(
          used.path("pods").asLong() == pods,
          "quota tells " + used.path("pods") + " pods, there are " + pods);
      lines.add("quota: " + used.path("count/jobs.batch").asText() + " jobs");
    }
  }

  /** Nothing outlives its owners. */
  private void owners() {
    Set<String> uids =
        KINDS.stream()
            .flatMap(kind -> all(kind).stream())
            .map(object -> object.at("/metadata/uid").asText())
            .collect(Collectors.toSet());
    for (var kind : KINDS) {
      for (var object : all(kind)) {
        for (var owner : object.path("metadata").path("ownerReferences")) {
          unless(
              uids.contains(owner.path("uid").asText()),
              kind.resource() + " " + Json.key(object) + " outlives its owner");
        }
        unless(
            !object.path("metadata").hasNonNull("deletionTimestamp"),
            kind.resource() + " " + Json.key(object) + " is still being deleted");
      }
    }
  }

  private static final List<GroupVersionResource> KINDS =
      List.of(
          Resources.PODS,
          Resources.SERVICES,
          Resources.ENDPOINTS,
          Resources.ENDPOINT_SLICES,
          Scenario.DEPLOYMENTS,
          Scenario.REPLICA_SETS,
          Scenario.STATEFUL_SETS,
          Scenario.DAEMON_SETS,
          Scenario.CONTROLLERS,
          Scenario.REVISIONS,
          Scenario.JOBS,
          Scenario.CRON_JOBS);
}
