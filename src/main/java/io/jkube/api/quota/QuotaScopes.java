package io.jkube.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which objects a quota with scopes is about. */
public final class QuotaScopes {
  private QuotaScopes() {}

  /**
   * @param quota a whole ResourceQuota
   * @param resource of the object, with its group: {@code pods}
   */
  public static boolean match(JsonNode quota, String resource, JsonNode object) {
    for (var scope : quota.path("spec").path("scopes")) {
      if (!matches(new Scope(scope.asText(), "Exists", Set.of()), resource, object)) {
        return false;
      }
    }
    for (var each : quota.path("spec").path("scopeSelector").path("matchExpressions")) {
      if (!matches(Scope.of(each), resource, object)) {
        return false;
      }
    }
    return true;
  }

  private record Scope(String name, String operator, Set<String> values) {
    static Scope of(JsonNode expression) {
      var values = new TreeSet<String>();
      expression.path("values").forEach(value -> values.add(value.asText()));
      return new Scope(
          expression.path("scopeName").asText(), expression.path("operator").asText(), values);
    }

    /**
     * @param names that the object has; empty for none
     */
    boolean takes(List<String> names) {
      return switch (operator) {
        case "Exists" -> !names.isEmpty();
        case "DoesNotExist" -> names.isEmpty();
        case "In" -> names.stream().anyMatch(values::contains);
        case "NotIn" -> names.stream().noneMatch(values::contains);
        default -> false;
      };
    }
  }

  private static boolean matches(Scope scope, String resource, JsonNode object) {
    return switch (resource) {
      case "pods" -> matchesPod(scope, object);
      case "persistentvolumeclaims" ->
          scope.name().equals("VolumeAttributesClass") && scope.takes(attributesClasses(object));
      default -> false;
    };
  }

  private static boolean matchesPod(Scope scope, JsonNode pod) {
    boolean ends = pod.path("spec").path("activeDeadlineSeconds").asLong(-1) >= 0;
    return switch (scope.name()) {
      case "Terminating" -> ends;
      case "NotTerminating" -> !ends;
      case "BestEffort" -> PodAmounts.isBestEffort(pod);
      case "NotBestEffort" -> !PodAmounts.isBestEffort(pod);
      case "PriorityClass" -> {
        var name = pod.path("spec").path("priorityClassName").asText("");
        yield scope.takes(name.isEmpty() ? List.of() : List.of(name));
      }
      case "CrossNamespacePodAffinity" -> looksElsewhere(pod.path("spec").path("affinity"));
      default -> false;
    };
  }

  private static boolean looksElsewhere(JsonNode affinity) {
    for (var kind : List.of("podAffinity", "podAntiAffinity")) {
      for (var term : affinity.path(kind).path("requiredDuringSchedulingIgnoredDuringExecution")) {
        if (isElsewhere(term)) {
          return true;
        }
      }
      for (var weighted :
          affinity.path(kind).path("preferredDuringSchedulingIgnoredDuringExecution")) {
        if (isElsewhere(weighted.path("podAffinityTerm"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isElsewhere(JsonNode term) {
    return !term.path("namespaces").isEmpty() || term.hasNonNull("namespaceSelector");
  }

  private static List<String> attributesClasses(JsonNode claim) {
    var names = new ArrayList<String>();
    for (var at :
        List.of(
            claim.path("spec").path("volumeAttributesClassName"),
            claim.path("status").path("currentVolumeAttributesClassName"),
            claim
                .path("status")
                .path("modifyVolumeStatus")
                .path("targetVolumeAttributesClassName"))) {
      if (!at.asText("").isEmpty()) {
        names.add(at.asText());
      }
    }
    return names;
  }
}
