package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import java.util.List;

/**
 * The stored slices of one controller. They are read from the server, not from a copy: a copy that
 * is a moment behind would make a slice twice.
 *
 * @param manager the controller as the label of its slices names it
 */
record SliceWriter(ApiClient client, String manager) {
  List<ObjectNode> slicesOf(ObjectKey service) {
    var selector =
        ServiceLabels.SERVICE_NAME
            + "="
            + service.name()
            + ","
            + ServiceLabels.SLICE_MANAGED_BY
            + "="
            + manager;
    return client
        .list(Resources.ENDPOINT_SLICES, service.namespace(), ListOptions.ALL.withLabels(selector))
        .items();
  }

  /** First what is new, so that no endpoint is missing meanwhile. */
  void carryOut(SlicePlan plan) {
    plan.creates().forEach(slice -> create(slice));
    plan.updates().forEach(slice -> client.update(Resources.ENDPOINT_SLICES, slice));
    plan.deletes().forEach(this::delete);
  }

  void deleteAll(ObjectKey service) {
    slicesOf(service).forEach(this::delete);
  }

  /** A namespace that ends takes nothing more, and needs nothing more. */
  private void create(ObjectNode slice) {
    try {
      client.create(Resources.ENDPOINT_SLICES, slice);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.FORBIDDEN
          || !refused.getMessage().contains("being terminated")) {
        throw refused;
      }
    }
  }

  private void delete(ObjectNode slice) {
    try {
      var uid = slice.at("/metadata/uid").asText();
      client.delete(Resources.ENDPOINT_SLICES, Json.key(slice), DeleteOptions.ofUid(uid));
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.NOT_FOUND) {
        throw refused;
      }
    }
  }
}
