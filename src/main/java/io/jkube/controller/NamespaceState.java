package io.jkube.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;

/** What controllers that fill namespaces ask of them. */
final class NamespaceState {
  private NamespaceState() {}

  static boolean isActive(JsonNode namespace) {
    return !namespace.path("metadata").hasNonNull("deletionTimestamp")
        && !namespace.path("status").path("phase").asText().equals("Terminating");
  }

  /**
   * Creates something that a namespace should have; nothing to do when another was faster or the
   * namespace is on its way out.
   */
  static void createUnlessMoot(Runnable creation) {
    try {
      creation.run();
    } catch (ApiException refused) {
      boolean moot =
          refused.reason() == StatusReason.ALREADY_EXISTS
              || refused.reason() == StatusReason.NOT_FOUND
              || isTerminating(refused);
      if (!moot) {
        throw refused;
      }
    }
  }

  private static boolean isTerminating(ApiException refused) {
    return refused.status().at("/details/causes/0/reason").asText().equals("NamespaceTerminating");
  }
}
