package io.jkube.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.cli.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Takes out of an object what the cluster filled in. */
final class Manifests {
  private static final Set<String> METADATA = Set.of("name", "namespace", "labels", "annotations");

  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** Notes that controllers and the storage of a cluster make for themselves. */
  private static final List<String> OWN_ANNOTATIONS =
      List.of(
          APPLIED,
          "deployment.kubernetes.io/",
          "deprecated.daemonset.template.generation",
          "pv.kubernetes.io/",
          "volume.kubernetes.io/",
          "volume.beta.kubernetes.io/",
          "kubernetes.io/service-account.uid",
          "kubernetes.io/limit-ranger",
          "endpoints.kubernetes.io/",
          "batch.kubernetes.io/job-tracking",
          "cni.",
          "jkube.io/");

  private static final Set<String> JOB_LABELS =
      Set.of(
          "controller-uid",
          "job-name",
          "batch.kubernetes.io/controller-uid",
          "batch.kubernetes.io/job-name");

  /** What admission adds to every pod: upstream's DefaultTolerationSeconds. */
  private static final Set<String> DEFAULT_TOLERATIONS =
      Set.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  private static final int DEFAULT_TOLERATION_SECONDS = 300;
  private static final String TOKEN_VOLUME = "kube-api-access-";
  private static final String JKUBES_STORAGE_CLASS = "standard";
  private static final String JKUBES_INGRESS_CLASS = "jkube";

  private Manifests() {}

  /**
   * @param object is changed
   */
  static ObjectNode of(ResourceType type, ObjectNode object) {
    var applied = applied(object);
    var manifest =
        Json.object().put("apiVersion", type.resource().apiVersion()).put("kind", type.kind());
    manifest.set("metadata", metadata(type, object));
    object.properties().stream()
        .filter(field -> !manifest.has(field.getKey()) && !field.getKey().equals("status"))
        .forEach(field -> manifest.set(field.getKey(), field.getValue()));
    var spec = manifest.get("spec") instanceof ObjectNode there ? there : Json.object();
    switch (type.resource().groupResource()) {
      case "namespaces" -> manifest.remove("spec");
      case "services" -> service(spec, applied, object.at("/metadata/managedFields"));
      case "secrets" -> secret(manifest);
      case "serviceaccounts" -> manifest.remove("secrets");
      case "pods" -> pod(manifest, spec);
      case "persistentvolumeclaims" -> claim(spec);
      case "persistentvolumes" -> volume(spec);
      case "jobs.batch" -> job(spec);
      case "ingresses.networking.k8s.io" -> ingress(spec);
      case "clusterroles.rbac.authorization.k8s.io" -> clusterRole(manifest);
      case "statefulsets.apps" -> spec.path("volumeClaimTemplates").forEach(Manifests::template);
      default -> {}
    }
    withoutTimes(spec);
    return manifest;
  }

  private static ObjectNode applied(ObjectNode object) {
    var text = object.path("metadata").path("annotations").path(APPLIED).asText();
    try {
      return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (ApiException neverApplied) {
      return Json.object();
    }
  }

  private static ObjectNode metadata(ResourceType type, ObjectNode object) {
    var metadata = ((ObjectNode) object.path("metadata")).deepCopy();
    metadata.retain(METADATA);
    if (metadata.get("annotations") instanceof ObjectNode annotations) {
      removeKeys(annotations, key -> OWN_ANNOTATIONS.stream().anyMatch(key::startsWith));
    }
    if (metadata.get("labels") instanceof ObjectNode labels) {
      labels.remove("kubernetes.io/metadata.name");
      if (type.kind().equals("Job")) {
        labels.remove(JOB_LABELS);
      }
    }
    for (var field : new String[] {"labels", "annotations"}) {
      if (metadata.path(field).isEmpty()) {
        metadata.remove(field);
      }
    }
    return metadata;
  }

  /** Node ports that somebody asked for stay; others the next cluster chooses. */
  private static void service(ObjectNode spec, ObjectNode applied, JsonNode managed) {
    if (!spec.path("clusterIP").asText().equals("None")) {
      spec.remove(List.of("clusterIP", "clusterIPs"));
    }
    if (spec.path("ipFamilyPolicy").asText().equals("SingleStack")) {
      spec.remove(List.of("ipFamilies", "ipFamilyPolicy"));
    }
    spec.remove("healthCheckNodePort");
    var asked = new HashSet<Integer>();
    applied.at("/spec/ports").forEach(port -> asked.add(port.path("nodePort").asInt()));
    for (var port : spec.path("ports")) {
      if (!asked.contains(port.path("nodePort").asInt()) && !hasManagedNodePort(managed, port)) {
        ((ObjectNode) port).remove("nodePort");
      }
    }
  }

  /** Whether a client sent it: what the server allocates has no manager. */
  private static boolean hasManagedNodePort(JsonNode managed, JsonNode port) {
    var key =
        "k:{\"port\":%d,\"protocol\":\"%s\"}"
            .formatted(port.path("port").asInt(), port.path("protocol").asText());
    for (var entry : managed) {
      if (entry.at("/fieldsV1/f:spec/f:ports").path(key).has("f:nodePort")) {
        return true;
      }
    }
    return false;
  }

  /** The next cluster makes a token of its own. */
  private static void secret(ObjectNode secret) {
    if (secret.path("type").asText().equals("kubernetes.io/service-account-token")) {
      secret.remove("data");
    }
  }

  private static void pod(ObjectNode manifest, ObjectNode spec) {
    spec.remove(
        List.of(
            "nodeName", "priority", "preemptionPolicy", "serviceAccount", "ephemeralContainers"));
    removeIf(spec.path("volumes"), volume -> isToken(volume.path("name")));
    for (var field : new String[] {"containers", "initContainers"}) {
      for (var container : spec.path(field)) {
        removeIf(container.path("volumeMounts"), mount -> isToken(mount.path("name")));
        removeIfEmpty(container, "volumeMounts");
      }
    }
    removeIf(spec.path("tolerations"), Manifests::isDefault);
    removeIfEmpty(spec, "volumes");
    removeIfEmpty(spec, "tolerations");
    if (manifest.get("metadata") instanceof ObjectNode metadata
        && metadata.get("labels") instanceof ObjectNode labels) {
      labels.remove("pod-template-hash");
    }
  }

  private static boolean isToken(JsonNode name) {
    return name.asText().startsWith(TOKEN_VOLUME);
  }

  private static boolean isDefault(JsonNode toleration) {
    return DEFAULT_TOLERATIONS.contains(toleration.path("key").asText())
        && toleration.path("tolerationSeconds").asInt() == DEFAULT_TOLERATION_SECONDS;
  }

  private static void claim(ObjectNode spec) {
    spec.remove("volumeName");
    withoutClass(spec);
  }

  private static void withoutClass(ObjectNode spec) {
    if (spec.path("storageClassName").asText().equals(JKUBES_STORAGE_CLASS)) {
      spec.remove("storageClassName");
    }
  }

  private static void template(JsonNode claim) {
    if (claim instanceof ObjectNode template) {
      template.remove("status");
      if (template.get("spec") instanceof ObjectNode spec) {
        withoutClass(spec);
      }
    }
  }

  private static void volume(ObjectNode spec) {
    if (spec.get("claimRef") instanceof ObjectNode claim) {
      claim.remove(List.of("uid", "resourceVersion"));
    }
  }

  private static void job(ObjectNode spec) {
    if (!spec.path("manualSelector").asBoolean()) {
      spec.remove(List.of("selector", "manualSelector"));
      var metadata = spec.at("/template/metadata");
      if (metadata.get("labels") instanceof ObjectNode labels) {
        labels.remove(JOB_LABELS);
        removeIfEmpty(metadata, "labels");
      }
    }
  }

  private static void ingress(ObjectNode spec) {
    if (spec.path("ingressClassName").asText().equals(JKUBES_INGRESS_CLASS)) {
      spec.remove("ingressClassName");
    }
  }

  private static void clusterRole(ObjectNode role) {
    if (role.has("aggregationRule")) {
      role.putArray("rules");
    }
  }

  /** Templates have metadata that nobody ever filled in. */
  private static void withoutTimes(JsonNode tree) {
    if (tree.get("metadata") instanceof ObjectNode metadata
        && metadata.path("creationTimestamp").isNull()) {
      metadata.remove("creationTimestamp");
    }
    tree.forEach(Manifests::withoutTimes);
  }

  private static void removeKeys(ObjectNode object, Predicate<String> superfluous) {
    var keys = new ArrayList<String>();
    object.fieldNames().forEachRemaining(keys::add);
    object.remove(keys.stream().filter(superfluous).toList());
  }

  private static void removeIf(JsonNode items, Predicate<JsonNode> superfluous) {
    if (items instanceof ArrayNode array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        if (superfluous.test(array.get(i))) {
          array.remove(i);
        }
      }
    }
  }

  private static void removeIfEmpty(JsonNode parent, String field) {
    if (parent instanceof ObjectNode object && object.path(field).isEmpty()) {
      object.remove(field);
    }
  }
}
