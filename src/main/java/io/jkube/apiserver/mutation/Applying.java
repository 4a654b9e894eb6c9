package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.fields.Configuration;
import io.jkube.apiserver.fields.ServerSideApply;
import io.jkube.apiserver.fields.Writer;
import io.jkube.apiserver.mutation.Mutations.Applied;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.storage.ObjectStore;

/** Server-side apply: an update where the object is there, a creation where it is not. */
record Applying(ObjectStore objects, Creation creation, Update update, ServerSideApply serverSide) {
  /** So often an apply starts over when the object comes and goes meanwhile. */
  private static final int MAX_TRIES = 5;

  Applied apply(ResourceCall call, Part part, Configuration configuration) {
    for (int tries = 1; ; tries++) {
      try {
        boolean exists = objects.get(call.resource(), call.key()).isPresent();
        return exists || part != Part.MAIN
            ? change(call, part, configuration)
            : create(call, configuration);
      } catch (ApiException raced) {
        boolean again =
            part == Part.MAIN
                && (raced.reason() == StatusReason.ALREADY_EXISTS || gone(call, raced));
        if (!again || tries == MAX_TRIES) {
          throw raced;
        }
      }
    }
  }

  /** Whether it was the object itself that was not there, and not its namespace. */
  private boolean gone(ResourceCall call, ApiException raced) {
    return raced.reason() == StatusReason.NOT_FOUND
        && raced.getMessage().startsWith(call.resource().groupResource() + " ");
  }

  private Applied change(ResourceCall call, Part part, Configuration configuration) {
    var writer = Writer.of(call);
    var updated = update.apply(call, part, current -> next(writer, current, configuration));
    return new Applied(updated, false);
  }

  /** A revision that the configuration did not name is no condition. */
  private ObjectNode next(Writer writer, ObjectNode current, Configuration configuration) {
    var next = serverSide.apply(writer, current, configuration);
    if (!configuration.object().path("metadata").has("resourceVersion")) {
      Placement.metadata(next).remove("resourceVersion");
    }
    return next;
  }

  private Applied create(ResourceCall call, Configuration configuration) {
    var uid = configuration.object().at("/metadata/uid").asText();
    if (!uid.isEmpty()) {
      throw ApiException.conflict(
          call.resource(),
          call.info().name(),
          "uid mismatch: the provided object specified uid "
              + uid
              + ", and no existing object was found");
    }
    var object = serverSide.apply(Writer.of(call), Json.object(), configuration);
    Placement.metadata(object).remove("resourceVersion");
    return new Applied(creation.createApplied(call, object), true);
  }
}
