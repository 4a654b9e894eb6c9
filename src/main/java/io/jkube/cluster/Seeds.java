package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

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

  /** Somebody who is faster has their way until the next start. */
  static void update(ApiClient api, GroupVersionResource resource, ObjectNode next) {
    try {
      api.update(resource, next);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.CONFLICT) {
        throw refused;
      }
    }
  }

  /** Side by side: many writes share one trip to the disk. */
  static void write(List<Runnable> writes) throws InterruptedException, ExecutionException {
    var calls = writes.stream().map(Executors::callable).toList();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var written : executor.invokeAll(calls)) {
        written.get();
      }
    }
  }
}
