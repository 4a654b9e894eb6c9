package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import java.util.Set;

/** The names by which slices and endpoints are known to belong to a service and its controller. */
final class ServiceLabels {
  static final GroupVersionKind SERVICE_KIND = new GroupVersionKind("", "v1", "Service");
  static final GroupVersionKind ENDPOINTS_KIND = new GroupVersionKind("", "v1", "Endpoints");

  static final String SERVICE_NAME = "kubernetes.io/service-name";
  static final String SLICE_MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String ENDPOINTS_MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  static final String HEADLESS = "service.kubernetes.io/headless";
  static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";

  /** Not copied from a service, lest it speaks for the controller. */
  private static final Set<String> RESERVED = Set.of(SERVICE_NAME, SLICE_MANAGED_BY, HEADLESS);

  private ServiceLabels() {}

  /** The labels of {@code from} that go over to its slices or endpoints. */
  static ObjectNode inherited(JsonNode from) {
    ObjectNode labels = io.jkube.api.Json.object();
    from.at("/metadata/labels")
        .properties()
        .forEach(
            label -> {
              if (!RESERVED.contains(label.getKey())) {
                labels.set(label.getKey(), label.getValue());
              }
            });
    return labels;
  }

  static boolean isHeadless(JsonNode service) {
    return service.at("/spec/clusterIP").asText().equals("None");
  }

  /** Whether pods are looked for: a service without selector has endpoints made by others. */
  static boolean hasSelector(JsonNode service) {
    return !service.at("/spec/selector").isEmpty();
  }

  static boolean isExternalName(JsonNode service) {
    return service.at("/spec/type").asText().equals("ExternalName");
  }
}
