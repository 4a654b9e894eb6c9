package io.jkube.registry.core;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;

/** ComponentStatuses: whether what the server works with is well. Asked for, never stored. */
public final class ComponentStatuses {
  public static final ResourceDefinition DEFINITION =
      ResourceDefinition.cluster("", "v1", "ComponentStatus", "componentstatuses")
          .shortNames("cs")
          .verbs(Verb.GET, Verb.LIST)
          .column("Status", ComponentStatuses::status)
          .column("Message", component -> text(component, "/conditions/0/message"))
          .column("Error", component -> text(component, "/conditions/0/error"))
          .build();

  private ComponentStatuses() {}

  private static String status(ObjectNode component) {
    return objects(component, "/conditions").stream()
        .filter(each -> text(each, "/type").equals("Healthy"))
        .map(each -> text(each, "/status").equals("True") ? "Healthy" : "Unhealthy")
        .findFirst()
        .orElse("Unknown");
  }

  /** The status of a component. */
  public static ObjectNode of(String name, boolean healthy) {
    var component = Json.object().put("apiVersion", "v1").put("kind", "ComponentStatus");
    component.putObject("metadata").put("name", name).putNull("creationTimestamp");
    var condition = component.putArray("conditions").addObject();
    condition.put("type", "Healthy").put("status", healthy ? "True" : "False");
    return healthy ? withMessage(component, "ok") : component;
  }

  private static ObjectNode withMessage(ObjectNode component, String message) {
    ((ObjectNode) component.at("/conditions/0")).put("message", message);
    return component;
  }
}
