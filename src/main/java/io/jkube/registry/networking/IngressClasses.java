package io.jkube.registry.networking;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSyntax;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Strategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;

/** IngressClasses: which controller takes care of an ingress. The controller never changes. */
public final class IngressClasses {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("networking.k8s.io", "v1", "IngressClass", "ingressclasses")
          .generation()
          .column("Controller", each -> text(each, "/spec/controller"))
          .column("Parameters", IngressClasses::parameters)
          .ageColumn()
          .strategy(new IngressClassStrategy())
          .build();

  private IngressClasses() {}

  /** {@code Kind.group/name}. */
  private static String parameters(ObjectNode ingressClass) {
    var parameters = ingressClass.at("/spec/parameters");
    if (!parameters.isObject()) {
      return "<none>";
    }
    var group = text(parameters, "/apiGroup");
    var kind = text(parameters, "/kind") + (group.isEmpty() ? "" : "." + group);
    return kind + "/" + text(parameters, "/name");
  }

  private static final class IngressClassStrategy implements Strategy {
    @Override
    public void applyDefaults(ObjectNode ingressClass) {
      if (ingressClass.at("/spec/parameters") instanceof ObjectNode parameters) {
        Tree.putIfEmpty(parameters, "scope", "Cluster");
      }
    }

    @Override
    public void validate(ObjectNode ingressClass, Violations violations) {
      var controller = text(ingressClass, "/spec/controller");
      if (controller.isEmpty()) {
        violations.required("spec.controller", "");
      } else if (!controller.contains("/")) {
        violations.invalid(
            "spec.controller",
            controller,
            "must be a domain-prefixed path (such as \"acme.io/foo\")");
      } else {
        LabelSyntax.keyViolations(controller)
            .forEach(why -> violations.invalid("spec.controller", controller, why));
      }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
      new Rules(violations)
          .immutable(updated.path("spec"), current.path("spec"), "controller", "spec");
    }
  }
}
