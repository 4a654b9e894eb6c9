package io.jkube.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which objects somebody made, and no cluster. */
final class Choice {
  /** What the cluster makes of other things, or of what happens. */
  private static final Set<String> NEVER =
      Set.of(
          "events",
          "events.events.k8s.io",
          "nodes",
          "componentstatuses",
          "leases.coordination.k8s.io",
          "csinodes.storage.k8s.io",
          "csistoragecapacities.storage.k8s.io",
          "volumeattachments.storage.k8s.io",
          "ipaddresses.networking.k8s.io",
          "certificatesigningrequests.certificates.k8s.io",
          "controllerrevisions.apps",
          "resourceslices.resource.k8s.io");

  private static final Set<String> OWN_NAMESPACES =
      Set.of("kube-system", "kube-public", "kube-node-lease");

  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  private static final String JKUBE = "jkube.io/";

  /** By the resource's full name: what of it the cluster has of itself. */
  private static final Map<String, Predicate<ObjectNode>> OWN =
      Map.ofEntries(
          Map.entry("namespaces", object -> isOwnNamespace(name(object))),
          Map.entry("configmaps", object -> name(object).equals("kube-root-ca.crt")),
          Map.entry("services", object -> isOfTheApi(object)),
          Map.entry(
              "endpoints",
              object ->
                  isOfTheApi(object)
                      || hasLabel(object, "endpoints.kubernetes.io/managed-by")
                      || hasAnnotation(object, "endpoints.kubernetes.io/last-change-trigger-time")),
          Map.entry(
              "endpointslices.discovery.k8s.io",
              object -> isOfTheApi(object) || isManagedSlice(object)),
          Map.entry(
              "serviceaccounts",
              object -> name(object).equals("default") && !object.has("imagePullSecrets")),
          Map.entry("pods", Choice::isOver),
          Map.entry("jobs.batch", Choice::isOver),
          Map.entry("persistentvolumes", object -> hasAnnotation(object, PROVISIONED_BY)),
          Map.entry(
              "storageclasses.storage.k8s.io",
              object -> object.path("provisioner").asText().startsWith(JKUBE)),
          Map.entry(
              "ingressclasses.networking.k8s.io",
              object -> object.at("/spec/controller").asText().startsWith(JKUBE)),
          Map.entry("servicecidrs.networking.k8s.io", object -> name(object).equals("kubernetes")),
          Map.entry(
              "apiservices.apiregistration.k8s.io",
              object -> !object.at("/spec/service").isObject()),
          Map.entry(
              "priorityclasses.scheduling.k8s.io", object -> name(object).startsWith("system-")),
          Map.entry("flowschemas.flowcontrol.apiserver.k8s.io", Choice::isSuggested),
          Map.entry(
              "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", Choice::isSuggested),
          Map.entry("clusterroles.rbac.authorization.k8s.io", Choice::isBootstrap),
          Map.entry("clusterrolebindings.rbac.authorization.k8s.io", Choice::isBootstrap),
          Map.entry("roles.rbac.authorization.k8s.io", Choice::isBootstrap),
          Map.entry("rolebindings.rbac.authorization.k8s.io", Choice::isBootstrap));

  private Choice() {}

  /** Whether objects of the kind are made by people: they can be read, and written elsewhere. */
  static boolean canBeMade(ResourceType type) {
    return type.verbs().containsAll(List.of("list", "create"))
        && !NEVER.contains(type.resource().groupResource());
  }

  static boolean isMade(ResourceType type, ObjectNode object) {
    var own = OWN.getOrDefault(type.resource().groupResource(), any -> false);
    return !OWN_NAMESPACES.contains(object.at("/metadata/namespace").asText())
        && !object.path("metadata").has("deletionTimestamp")
        && !hasController(object)
        && !own.test(object);
  }

  private static boolean hasController(ObjectNode object) {
    for (var owner : object.at("/metadata/ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOwnNamespace(String name) {
    return name.equals("default") || OWN_NAMESPACES.contains(name);
  }

  private static boolean isOfTheApi(ObjectNode object) {
    return name(object).equals("kubernetes")
        && object.at("/metadata/namespace").asText().equals("default");
  }

  private static boolean isManagedSlice(ObjectNode slice) {
    var label = labels(slice).path("endpointslice.kubernetes.io/managed-by").asText();
    return label.endsWith(".k8s.io");
  }

  /** Would run once more elsewhere. */
  private static boolean isOver(ObjectNode object) {
    var phase = object.at("/status/phase").asText();
    for (var condition : object.at("/status/conditions")) {
      var type = condition.path("type").asText();
      if ((type.equals("Complete") || type.equals("Failed"))
          && condition.path("status").asText().equals("True")) {
        return true;
      }
    }
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static boolean isSuggested(ObjectNode object) {
    return hasAnnotation(object, "apf.kubernetes.io/autoupdate-spec");
  }

  private static boolean isBootstrap(ObjectNode object) {
    return name(object).startsWith("system:") || hasLabel(object, "kubernetes.io/bootstrapping");
  }

  private static boolean hasLabel(ObjectNode object, String key) {
    return labels(object).has(key);
  }

  private static JsonNode labels(ObjectNode object) {
    return object.path("metadata").path("labels");
  }

  private static boolean hasAnnotation(ObjectNode object, String key) {
    return object.path("metadata").path("annotations").has(key);
  }

  private static String name(ObjectNode object) {
    return object.at("/metadata/name").asText();
  }
}
