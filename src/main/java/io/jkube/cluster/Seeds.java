package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;

/** How objects come that every cluster has from the beginning: what is there stays. */
final class Seeds {
  private Seeds() {}

  /** Makes the object unless there is one of its name. */
  static void ensure(ApiClient api, GroupVersionResource resource, ObjectNode object) {
    if (api.find(resource, Json.key(object)).isEmpty()) {
      create(api, resource, object);
    }
  }

  /** Makes an object that was not there; somebody may have been faster. */
  static void create(ApiClient api, GroupVersionResource resource, ObjectNode object) {
    try {
      api.create(resource, object);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.ALREADY_EXISTS) {
        throw refused;
      }
    }
  }
}
