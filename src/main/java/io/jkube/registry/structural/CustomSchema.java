package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Violations;
import io.jkube.registry.schema.Schema;
import java.util.List;
import java.util.Map;

/** What one version of a custom resource says of its objects. Thread-safe. */
public final class CustomSchema {
  private final Structural structural;
  private final Schema mergeSchema;
  private final Expressions expressions = new Expressions();

  /**
   * @param definition the name of the definition: {@code com.example.v1.Widget}
   */
  public CustomSchema(Structural structural, String definition) {
    this.structural = structural;
    this.mergeSchema = MergeSchema.of(structural, definition);
  }

  public Structural structural() {
    return structural;
  }

  /** For server-side apply. */
  public Schema mergeSchema() {
    return mergeSchema;
  }

  /** Fields that are not specified: {@code spec.foo}, {@code spec.list[0].foo}. */
  public List<String> unknownFields(ObjectNode object) {
    return Pruning.unknown(structural, object);
  }

  /** The whole objects inside an object, by their paths. */
  public Map<String, ObjectNode> embedded(ObjectNode object) {
    return Pruning.embedded(structural, object);
  }

  /** Removes what is not specified. */
  public void prune(ObjectNode object) {
    Pruning.prune(structural, object);
  }

  /** Fills in what is stated. Idempotent. */
  public void applyDefaults(ObjectNode object) {
    Defaulting.apply(structural, object);
  }

  /**
   * @param old the object before an update, or null
   */
  public void validate(ObjectNode object, ObjectNode old, Violations violations) {
    new ValueCheck(expressions, violations).check(structural.source(), object, old, "");
  }
}
