package io.jkube.registry.autoscaling;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfAbsent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import java.time.Instant;

/** The hooks of autoscaling/v1: judged as v2. */
final class VersionOneStrategy implements StatusStrategy {
  private final AutoscalerStrategy second = new AutoscalerStrategy();
  private final VersionOneConversion conversion = new VersionOneConversion();

  /** By way of v2, so that both versions fill in the same. */
  @Override
  public void applyDefaults(ObjectNode autoscaler) {
    putIfAbsent(child(autoscaler, "spec"), "minReplicas", 1);
    var stored = conversion.toStored(autoscaler);
    second.applyDefaults(stored);
    var served = conversion.toServed(stored);
    autoscaler.removeAll();
    autoscaler.setAll(served);
  }

  @Override
  public void prepareForCreate(ObjectNode autoscaler, Instant now) {
    autoscaler.putObject("status").put("currentReplicas", 0).put("desiredReplicas", 0);
  }

  @Override
  public void validate(ObjectNode autoscaler, Violations violations) {
    second.validate(conversion.toStored(autoscaler), violations);
  }

  @Override
  public void validateStatusUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    second.validateStatusUpdate(updated, current, violations);
  }
}
