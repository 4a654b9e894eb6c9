package io.jkube.registry.scheduling;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.StatusReason;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Strategy;
import io.jkube.registry.TableColumn;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.List;

/** PriorityClasses: names for how important a pod is. A class never changes its value. */
public final class PriorityClasses {
  private static final int MAX_USER_VALUE = 1_000_000_000;
  private static final String SYSTEM_PREFIX = "system-";
  private static final List<String> POLICIES = List.of("Never", "PreemptLowerPriority");

  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses")
          .shortNames("pc")
          .generation()
          .column(TableColumn.integer("Value", priority -> priority.path("value").asInt()))
          .column(
              TableColumn.bool(
                  "Global-Default", priority -> priority.path("globalDefault").asBoolean()))
          .ageColumn()
          .column("PreemptionPolicy", priority -> text(priority, "/preemptionPolicy"))
          .strategy(new PriorityClassStrategy())
          .build();

  private PriorityClasses() {}

  private static final class PriorityClassStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode priority) {
      Tree.putIfEmpty(priority, "preemptionPolicy", "PreemptLowerPriority");
      Tree.putIfAbsent(priority, "value", 0);
    }

    /** Only one class may be everyone's. */
    @Override
    public void admitCreate(ObjectNode priority, StoredObjects others) {
      if (!priority.path("globalDefault").asBoolean()) {
        return;
      }
      var name = text(priority, "/metadata/name");
      for (var other : others.list(resource())) {
        var otherName = text(other, "/metadata/name");
        if (other.path("globalDefault").asBoolean() && !otherName.equals(name)) {
          throw new ApiException(
              StatusReason.FORBIDDEN,
              "priorityclasses.scheduling.k8s.io \"%s\" is forbidden: PriorityClass %s is already marked as default. Only one default can exist"
                  .formatted(name, otherName));
        }
      }
    }

    @Override
    public void admitUpdate(ObjectNode updated, ObjectNode current, StoredObjects others) {
      admitCreate(updated, others);
    }

    private static GroupVersionResource resource() {
      return DEFINITION.resource();
    }

    @Override
    public void validate(ObjectNode priority, Violations violations) {
      var name = text(priority, "/metadata/name");
      if (name.startsWith(SYSTEM_PREFIX)) {
        violations.forbidden(
            "metadata.name",
            "priority class names with '"
                + SYSTEM_PREFIX
                + "' prefix are reserved for system use only");
      } else if (priority.path("value").asInt() > MAX_USER_VALUE) {
        violations.forbidden(
            "value", "maximum allowed value of a user defined priority is " + MAX_USER_VALUE);
      }
      var policy = text(priority, "/preemptionPolicy");
      if (!POLICIES.contains(policy)) {
        violations.notSupported("preemptionPolicy", policy, POLICIES);
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      if (!updated.path("value").equals(current.path("value"))) {
        violations.forbidden("value", "may not be changed in an update.");
      }
      new Rules(violations).immutable(updated, current, "preemptionPolicy", "");
    }
  }
}
