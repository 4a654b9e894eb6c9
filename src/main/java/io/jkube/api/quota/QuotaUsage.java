package io.jkube.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import io.jkube.api.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one object uses, by its resource ({@code pods}, {@code deployments.apps}). */
public final class QuotaUsage {
  private static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);
  private static final String COUNT = "count/";
  private static final String STORAGE_CLASS = ".storageclass.storage.k8s.io/";
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  /** Resources whose count also goes by their plain name. */
  private static final Set<String> PLAIN =
      Set.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");

  private static final Set<String> OF_PODS =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");

  private static final Set<String> OF_SERVICES =
      Set.of("services", "services.nodeports", "services.loadbalancers");

  private static final Set<String> OF_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

  private static final List<String> WITH_NAMES_OF_THEIR_OWN =
      List.of(
          "pods",
          "services",
          "persistentvolumeclaims",
          "configmaps",
          "resourcequotas",
          "replicationcontrollers",
          "secrets");

  private QuotaUsage() {}

  /** The resources that limits of these names are about: {@code pods}, {@code jobs.batch}. */
  public static Set<String> resources(Set<String> limited) {
    var resources = new TreeSet<String>();
    for (var name : limited) {
      if (name.startsWith(COUNT)) {
        resources.add(name.substring(COUNT.length()));
      }
      WITH_NAMES_OF_THEIR_OWN.stream()
          .filter(resource -> concerns(resource, name))
          .forEach(resources::add);
    }
    return resources;
  }

  /** Those of the limited names that are about such objects. */
  public static Set<String> concerning(String resource, Set<String> limited) {
    return limited.stream().filter(name -> concerns(resource, name)).collect(Collectors.toSet());
  }

  private static boolean concerns(String resource, String name) {
    if (name.equals(COUNT + resource)) {
      return true;
    }
    return switch (resource) {
      case "pods" -> OF_PODS.contains(name) || isHugePages(name) || isExtendedRequest(name);
      case "services" -> OF_SERVICES.contains(name);
      case "persistentvolumeclaims" -> OF_CLAIMS.contains(name) || name.contains(STORAGE_CLASS);
      case String other -> PLAIN.contains(other) && name.equals(other);
    };
  }

  private static boolean isHugePages(String name) {
    return name.startsWith("hugepages-") || name.startsWith("requests.hugepages-");
  }

  private static boolean isExtendedRequest(String name) {
    return name.startsWith("requests.") && isExtended(name.substring("requests.".length()));
  }

  private static boolean isExtended(String name) {
    int slash = name.indexOf('/');
    return slash > 0
        && !name.substring(0, slash).endsWith("kubernetes.io")
        && !name.contains(STORAGE_CLASS);
  }

  /**
   * @param now when it is: a pod that should be gone by then counts as an object only
   */
  public static Amounts of(String resource, JsonNode object, Instant now) {
    var used = new TreeMap<String, Quantity>(Map.of(COUNT + resource, ONE));
    switch (resource) {
      case "pods" -> {
        if (counts(object, now)) {
          used.putAll(compute(PodAmounts.of(object, "requests"), PodAmounts.of(object, "limits")));
          used.put("pods", ONE);
        }
      }
      case "services" -> service(object.path("spec"), used);
      case "persistentvolumeclaims" -> claim(object, used);
      case String other -> {
        if (PLAIN.contains(other)) {
          used.put(other, ONE);
        }
      }
    }
    return new Amounts(used);
  }

  private static boolean counts(JsonNode pod, Instant now) {
    var phase = pod.path("status").path("phase").asText();
    if (phase.equals("Failed") || phase.equals("Succeeded")) {
      return false;
    }
    var metadata = pod.path("metadata");
    if (!metadata.hasNonNull("deletionTimestamp")) {
      return true;
    }
    var grace = metadata.path("deletionGracePeriodSeconds").asLong();
    var end = Timestamps.parse(metadata.path("deletionTimestamp").asText()).plusSeconds(grace);
    return !now.isAfter(end);
  }

  /** What quotas may say of requests and limits. */
  static Map<String, Quantity> compute(Amounts requests, Amounts limits) {
    var used = new TreeMap<String, Quantity>();
    requests
        .byName()
        .forEach(
            (name, amount) -> {
              if (OF_PODS.contains(name) || isHugePages(name)) {
                used.put(name, amount);
                used.put("requests." + name, amount);
              } else if (isExtended(name)) {
                used.put("requests." + name, amount);
              }
            });
    limits
        .byName()
        .forEach(
            (name, amount) -> {
              if (OF_PODS.contains("limits." + name)) {
                used.put("limits." + name, amount);
              }
            });
    return used;
  }

  private static void service(JsonNode spec, Map<String, Quantity> used) {
    used.put("services", ONE);
    var type = spec.path("type").asText();
    boolean balanced = type.equals("LoadBalancer");
    used.put("services.loadbalancers", balanced ? ONE : Quantity.ZERO);
    long ports = spec.path("ports").size();
    if (balanced && !spec.path("allocateLoadBalancerNodePorts").asBoolean(true)) {
      ports = 0;
      for (var port : spec.path("ports")) {
        ports += port.path("nodePort").asInt() > 0 ? 1 : 0;
      }
    }
    long counted = balanced || type.equals("NodePort") ? ports : 0;
    used.put("services.nodeports", Quantity.of(counted, Quantity.Format.DECIMAL_SI));
  }

  private static void claim(JsonNode claim, Map<String, Quantity> used) {
    used.put("persistentvolumeclaims", ONE);
    var named = claim.path("metadata").path("annotations").path(CLASS_ANNOTATION).asText("");
    var storageClass =
        named.isEmpty() ? claim.path("spec").path("storageClassName").asText("") : named;
    var storage = Amounts.of(claim.path("spec").path("resources").path("requests")).get("storage");
    used.put("requests.storage", storage);
    if (!storageClass.isEmpty()) {
      used.put(storageClass + STORAGE_CLASS + "persistentvolumeclaims", ONE);
      used.put(storageClass + STORAGE_CLASS + "requests.storage", storage);
    }
  }
}
