package io.jkube.apiserver.admission.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.admission.AdmissionRequest;
import io.jkube.apiserver.admission.AdmissionRequest.Operation;
import io.jkube.apiserver.storage.SettledKind;

/** The labels that a write must be about: those of the object, old or new, and its namespace's. */
public record Selectors(LabelSelector namespace, LabelSelector object) {
  /**
   * @param holder has a {@code namespaceSelector} and an {@code objectSelector}; none is all
   */
  public static Selectors of(JsonNode holder) {
    return new Selectors(
        selector(holder.get("namespaceSelector")), selector(holder.get("objectSelector")));
  }

  private static LabelSelector selector(JsonNode selector) {
    return selector == null || selector.isNull()
        ? LabelSelector.EVERYTHING
        : LabelSelector.of(selector);
  }

  /**
   * @throws ApiException NotFound for a namespace that is gone
   */
  public boolean match(AdmissionRequest request, SettledKind namespaces) {
    return matchNamespace(request, namespaces) && matchObject(request);
  }

  private boolean matchNamespace(AdmissionRequest request, SettledKind namespaces) {
    if (namespace.isEverything()) {
      return true;
    }
    if (request.call().resource().equals(Resources.NAMESPACES)) {
      boolean own =
          request.subresource().isEmpty()
              && (request.operation() == Operation.CREATE
                  || request.operation() == Operation.UPDATE);
      return namespace.selects(own ? request.object() : stored(request.name(), namespaces));
    }
    return request.namespace().isEmpty()
        || namespace.selects(stored(request.namespace(), namespaces));
  }

  private static ObjectNode stored(String namespace, SettledKind namespaces) {
    return namespaces
        .get(ObjectKey.cluster(namespace))
        .orElseThrow(() -> ApiException.notFound(Resources.NAMESPACES, namespace))
        .tree();
  }

  private boolean matchObject(AdmissionRequest request) {
    return object.isEverything()
        || selects(request.object())
        || selects(request.operation() == Operation.CREATE ? null : request.current());
  }

  private boolean selects(ObjectNode tree) {
    return tree != null && tree.has("metadata") && object.selects(tree);
  }
}
