package io.jkube.registry.core;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSyntax;
import io.jkube.api.Quantity;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Quantities;
import io.jkube.registry.validation.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** ResourceQuotas: how much a namespace may use of what. */
public final class ResourceQuotas {
  private static final Set<String> STANDARD =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage",
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "persistentvolumeclaims",
          "configmaps",
          "services.nodeports",
          "services.loadbalancers");

  /** Counts, of which there are no halves. */
  private static final Set<String> WHOLE =
      Set.of(
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "persistentvolumeclaims",
          "configmaps",
          "services.nodeports",
          "services.loadbalancers");

  private static final List<String> SCOPES =
      List.of(
          "BestEffort",
          "CrossNamespacePodAffinity",
          "NotBestEffort",
          "NotTerminating",
          "PriorityClass",
          "Terminating",
          "VolumeAttributesClass");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.namespaced("", "v1", "ResourceQuota", "resourcequotas")
          .shortNames("quota")
          .subresources("status")
          .column("Request", quota -> used(quota, false))
          .column("Limit", quota -> used(quota, true))
          .ageColumn()
          .answersDeleted()
          .strategy(new QuotaStrategy())
          .build();

  private ResourceQuotas() {}

  /** {@code pods: 1/10, requests.cpu: 0/4}, of limits or of all others. */
  private static String used(ObjectNode quota, boolean limits) {
    var parts = new ArrayList<String>();
    var sorted = new TreeMap<String, String>();
    quota
        .at("/status/hard")
        .properties()
        .forEach(each -> sorted.put(each.getKey(), each.getValue().asText()));
    for (var hard : sorted.entrySet()) {
      if (hard.getKey().startsWith("limits.") == limits) {
        var used = quota.at("/status/used").path(hard.getKey()).asText("0");
        parts.add(hard.getKey() + ": " + used + "/" + hard.getValue());
      }
    }
    return String.join(", ", parts);
  }

  private static final class QuotaStrategy implements StatusStrategy {
    @Override
    public void applyDefaults(ObjectNode quota) {
      Quantities.canonical(child(quota, "spec"), "hard");
    }

    @Override
    public void prepareForCreate(ObjectNode quota, Instant now) {
      quota.putObject("status");
    }

    @Override
    public void validate(ObjectNode quota, Violations violations) {
      for (var hard : quota.at("/spec/hard").properties()) {
        var name = hard.getKey();
        var at = "spec.hard[" + name + "]";
        name(name, at, violations);
        var amount = Quantity.of(hard.getValue());
        if (amount.signum() < 0) {
          violations.invalid(at, hard.getValue(), "must be greater than or equal to 0");
        }
        boolean whole = WHOLE.contains(name) || name.startsWith("count/");
        if (whole && amount.millis() % 1000 != 0) {
          violations.invalid(at, hard.getValue(), "must be an integer");
        }
      }
      for (var scope : texts(quota, "/spec/scopes")) {
        if (!SCOPES.contains(scope)) {
          violations.invalid("spec.scopes", quota.at("/spec/scopes"), "unsupported scope");
        }
      }
    }

    private static void name(String name, String at, Violations violations) {
      LabelSyntax.keyViolations(name).forEach(why -> violations.invalid(at, name, why));
      if (!name.contains("/")
          && !STANDARD.contains(name)
          && !name.startsWith("requests.hugepages-")
          && !name.startsWith("hugepages-")) {
        violations.invalid(at, name, "must be a standard resource for quota");
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations).immutable(updated.path("spec"), current.path("spec"), "scopes", "spec");
    }
  }
}
