package io.jkube.apiserver.admission.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import java.util.List;
import java.util.function.Supplier;

/** The objects that a binding hands to its policy. */
record Parameters(ObjectStore objects, Supplier<ResourceCatalog> catalog) {
  private static final List<JsonNode> WITHOUT = List.of(NullNode.getInstance());

  /** There are no such objects, and the binding does not let writes pass for that. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    Missing(String message) {
      super(message);
    }
  }

  /**
   * @param kind null for a policy without
   * @return each is judged by; a null node for a policy without; none lets the write pass
   */
  List<? extends JsonNode> of(Policy.ParameterKind kind, Binding binding, AdmissionRequest request)
      throws Missing {
    var wanted = binding.parameters();
    if (kind == null || wanted == null) {
      return WITHOUT;
    }
    var definition = definition(kind);
    var namespace = namespace(definition, wanted, request);
    var found = found(definition, wanted, namespace);
    if (found.isEmpty() && !wanted.allowNone()) {
      throw new Missing("no params found for policy binding with `Deny` parameterNotFoundAction");
    }
    return found;
  }

  private List<? extends JsonNode> found(
      ResourceDefinition definition, Binding.ParameterRef wanted, String namespace) {
    var kind = objects.settled(definition.resource());
    if (!wanted.name().isEmpty()) {
      return kind.get(new ObjectKey(namespace, wanted.name())).stream()
          .map(found -> definition.conversion().toServed(found.tree()))
          .toList();
    }
    return kind.list(namespace).stream()
        .map(found -> definition.conversion().toServed(found.tree()))
        .filter(tree -> wanted.selector().selects(tree))
        .toList();
  }

  private static String namespace(
      ResourceDefinition definition, Binding.ParameterRef wanted, AdmissionRequest request)
      throws Missing {
    if (!definition.namespaced()) {
      if (!wanted.namespace().isEmpty()) {
        throw new Missing(
            "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
      }
      return "";
    }
    if (!wanted.namespace().isEmpty()) {
      return wanted.namespace();
    }
    if (request.namespace().isEmpty()) {
      throw new Missing(
          "cannot use namespaced paramRef in policy binding that matches cluster-scoped"
              + " resources");
    }
    return request.namespace();
  }

  private ResourceDefinition definition(Policy.ParameterKind wanted) throws Missing {
    for (var each : catalog.get().all()) {
      if (each.kind().kind().equals(wanted.kind())
          && each.kind().apiVersion().equals(wanted.apiVersion())) {
        return each;
      }
    }
    throw new Missing(
        "failed to find resource referenced by paramKind: '%s, Kind=%s'"
            .formatted(wanted.apiVersion(), wanted.kind()));
  }
}
