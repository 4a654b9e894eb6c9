package io.jkube.registry.node;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.NameRule;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;

/** RuntimeClasses: names for the ways a node can run containers. The handler never changes. */
public final class RuntimeClasses {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("node.k8s.io", "v1", "RuntimeClass", "runtimeclasses")
          .column("Handler", runtime -> text(runtime, "/handler"))
          .ageColumn()
          .strategy(new RuntimeClassStrategy())
          .build();

  private RuntimeClasses() {}

  private static final class RuntimeClassStrategy implements Strategy {
    @Override
    public void validate(ObjectNode runtime, Violations violations) {
      var handler = text(runtime, "/handler");
      NameRule.DNS_LABEL
          .violations(handler)
          .forEach(why -> violations.invalid("handler", handler, why));
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations).immutable(updated, current, "handler", "");
    }
  }
}
